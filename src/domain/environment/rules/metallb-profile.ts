import { type Json, textAt, valueAt } from '../../json.ts';
import { lineOf } from '../../metallb/release.ts';
import type { BgpBackend, MetalLbLine } from '../environment.ts';
import { defaultVersion } from '../metallb-defaults.ts';

/** Whose rules a configuration must keep to. */
export interface MetalLbProfile {
  readonly line: MetalLbLine;
  /** What speaks BGP, whoever allocates; undefined where a MetalLB that is there already decides it. */
  readonly backend: BgpBackend | undefined;
}

/** The profile that decoding would give the config, as far as the file says it. */
export function profileOf(config: Json): MetalLbProfile {
  return {
    line: lineOf(textAt(config, 'metallb', 'version') ?? defaultVersion) ?? '0.15',
    backend: backendOf(config),
  };
}

function backendOf(config: Json): BgpBackend | undefined {
  const backend = textAt(config, 'metallb', 'bgp', 'backend');
  if (backend === 'native' || backend === 'frr' || backend === 'frr-k8s') {
    return backend;
  }
  const frr = valueAt(config, 'metallb', 'speaker', 'frr', 'enabled');
  if (frr === true) {
    return 'frr';
  }
  // The chart's default depends on its release, so an installation that was found says nothing about its backend.
  return frr === false || valueAt(config, 'metallb', 'install') !== false ? 'native' : undefined;
}
