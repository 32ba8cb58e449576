import { join } from 'node:path';
import { temporaryFolder } from '../git/repository.ts';
import { type AuditRecord, type Plane, readAudit } from '../plane/plane.ts';
import { ClusterState } from './cluster-state.ts';
import { type ConfigRepository, makeConfigRepository } from './config-repository.ts';
import { type Ended, metalwave, type RunningProgram, startMetalwave } from './program.ts';

/** A repository, a cluster and the command line between them, as its user has them. */
export class Road {
  readonly repository: ConfigRepository;
  readonly state: ClusterState;
  private readonly kubeconfig: string;
  private readonly folder: ReturnType<typeof temporaryFolder>;

  /** Without files the repository holds the example environments. */
  constructor(kubeconfig: string, files?: Readonly<Record<string, string>>) {
    this.folder = temporaryFolder();
    this.kubeconfig = kubeconfig;
    this.repository = makeConfigRepository(join(this.folder.path, 'config'), files);
    this.state = new ClusterState(kubeconfig);
  }

  /** Runs a verb on the repository's working tree and the cluster; later arguments win. */
  run(...args: readonly string[]): Promise<Ended> {
    return metalwave(args, this.options());
  }

  /** The same with more variables in its environment. */
  runWith(env: NodeJS.ProcessEnv, ...args: readonly string[]): Promise<Ended> {
    const { folder, env: own } = this.options();
    return metalwave(args, { folder, env: { ...own, ...env } });
  }

  /** The same as `run`, without waiting for its end; a kubeconfig given here takes the place of the cluster's own. */
  start(args: readonly string[], kubeconfig: string = this.kubeconfig, more: NodeJS.ProcessEnv = {}): RunningProgram {
    return startMetalwave(args, { ...this.options(), env: { ...this.options().env, KUBECONFIG: kubeconfig, ...more } });
  }

  close(): void {
    this.state.close();
    this.folder.remove();
  }

  private options(): { readonly folder: string; readonly env: NodeJS.ProcessEnv } {
    const env = {
      KUBECONFIG: this.kubeconfig,
      METALWAVE_CONFIG_REPO: this.repository.folder,
      METALWAVE_CACHE: join(this.folder.path, 'cache'),
    };
    return { folder: this.folder.path, env };
  }
}

/** Writes by Metalwave so far, dry runs left out, in the order in which they ended. */
export async function ourWrites(plane: Plane): Promise<readonly AuditRecord[]> {
  // The server writes its audit log with a short delay.
  await new Promise((resolve) => {
    setTimeout(resolve, 1_000);
  });
  return readAudit(plane).filter((record) => isOurWrite(record));
}

export function isOurWrite({ userAgent, verb, requestURI }: AuditRecord): boolean {
  return userAgent === 'metalwave' && !['get', 'list', 'watch'].includes(verb) && !requestURI.includes('dryRun=All');
}

/** `ipaddresspools metallb-system/default`, for comparing with what was expected. */
export function targetOf({ objectRef }: AuditRecord): string {
  const place = objectRef?.namespace === undefined ? '' : `${objectRef.namespace}/`;
  return `${objectRef?.resource ?? ''} ${place}${objectRef?.name ?? ''}`;
}
