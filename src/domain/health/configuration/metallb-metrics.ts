import type { ConfigurationEvidence } from './evidence.ts';

const names = [
  'metallb_k8s_client_config_loaded_bool',
  'metallb_k8s_client_config_stale_bool',
  'metallb_k8s_client_updates_total',
  'metallb_k8s_client_update_errors_total',
] as const;

type Name = (typeof names)[number];

function valueOf(text: string, name: Name): number | undefined {
  const found = new RegExp(`^${name}(?:\\{[^}]*\\})? ([0-9.eE+-]+)`, 'mu').exec(text)?.[1];
  const value = Number(found);
  return found === undefined || Number.isNaN(value) ? undefined : value;
}

/**
 * Reads MetalLB's metrics page (Prometheus text format). Gauges and counters are there from the start of the program, so
 * a page without them is of something else.
 */
export function readMetalLbMetrics(text: string): ConfigurationEvidence {
  const [loaded, stale, updates, updateErrors] = names.map((name) => valueOf(text, name));
  if (loaded === undefined || stale === undefined) {
    return { kind: 'silent', why: 'its metrics do not tell of a configuration', final: true };
  }
  return {
    kind: 'metrics',
    loaded: loaded === 1,
    stale: stale === 1,
    updates: updates ?? 0,
    updateErrors: updateErrors ?? 0,
  };
}
