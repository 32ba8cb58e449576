import { releaseOf } from '../metallb/release.ts';
import { productVersion } from '../product-version.generated.ts';
import type { MetalLbEngine, MetalLbLine } from './environment.ts';

/** The specification's version. */
export const defaultVersion = '0.15.2';
export const defaultNamespace = 'metallb-system';

/** Interfaces of container networks and virtual bridges, on which nobody outside the node listens. */
export const defaultExcludedInterfaces: readonly string[] = [
  '^docker.*',
  '^cbr.*',
  '^dummy.*',
  '^virbr.*',
  '^lxcbr.*',
  '^veth.*',
  '^lo$',
  '^cali.*',
  '^tunl.*',
  '^flannel.*',
  '^kube-ipvs.*',
  '^cni.*',
  '^nodelocaldns.*',
  '^lxc.*',
];

const frrTags: { readonly [line in MetalLbLine]: string } = { '0.14': '9.1.0', '0.15': '9.1.0', '0.16': '10.5.3' };

/** The FRR that a line of MetalLB is released with. */
export function defaultFrrImage(line: MetalLbLine): string {
  return `quay.io/frrouting/frr:${frrTags[line]}`;
}

/** The image of a program. The native engine's controller is ours; its speaker is upstream's of that version. */
export function defaultImage(engine: MetalLbEngine, program: 'controller' | 'speaker', version: string): string {
  return engine === 'native' && program === 'controller'
    ? `ghcr.io/metalwave/metalwave:${productVersion}`
    : `quay.io/metallb/${program}:v${releaseOf(version)}`;
}
