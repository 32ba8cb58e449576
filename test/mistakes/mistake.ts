import type { FindingCode } from '../../src/domain/finding/finding-codes.ts';

/** A file that somebody wrote by mistake, told anew, and what is to be said of it. */
export interface Mistake {
  readonly mistake: string;
  /** A plain manifest, or the config of an environment where it says `metallb:` at its top. */
  readonly text: string;
  readonly code: FindingCode;
  /** The line of the finding, without the blanks around it; the first such line of the text. */
  readonly at: string;
  /** What `--fix` makes of that line; absent where only a person can tell what was meant. */
  readonly becomes?: string;
}

/** Lines under a key, each indented by as much. */
export function indented(depth: number, lines: readonly string[]): string {
  return lines.map((line) => `${' '.repeat(depth)}${line}\n`).join('');
}

/** A resource of MetalLB's with these lines in its spec. */
export function resource(kind: string, name: string, spec: readonly string[]): string {
  const version = kind === 'BGPPeer' ? 'v1beta2' : 'v1beta1';
  const head = `apiVersion: metallb.io/${version}\nkind: ${kind}\nmetadata:\n  name: ${name}\n  namespace: metallb-system\n`;
  return `---\n${head}${spec.length === 0 ? '' : `spec:\n${indented(2, spec)}`}`;
}

/** A pool of these entries, as they are to stand in the file. */
export function pool(...entries: readonly string[]): string {
  return resource('IPAddressPool', 'first-pool', ['addresses:', ...entries.map((entry) => `- ${entry}`)]);
}

/** What announces every pool, so that nothing else is to be said of one. */
export const announced: string = resource('L2Advertisement', 'lan', []);
export const announcedByBgp: string =
  resource('BGPPeer', 'router', ['myASN: 64512', 'peerASN: 64513', 'peerAddress: 10.0.0.1']) +
  resource('BGPAdvertisement', 'all', []);

/** A Service with these annotations and these further lines in its spec. */
export function service(
  name: string,
  { annotations = [], type = 'LoadBalancer', port = 80, spec = [] }: ServiceParts,
): string {
  const notes = annotations.length === 0 ? '' : `  annotations:\n${indented(4, annotations)}`;
  const head = `---\napiVersion: v1\nkind: Service\nmetadata:\n  name: ${name}\n${notes}`;
  return `${head}spec:\n  type: ${type}\n${indented(2, spec)}  selector:\n    app: ${name}\n  ports:\n  - port: ${String(port)}\n`;
}

interface ServiceParts {
  readonly annotations?: readonly string[];
  readonly type?: string;
  readonly port?: number;
  readonly spec?: readonly string[];
}
