import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const module = 'github.com/prometheus-operator/prometheus-operator@v0.85.0';

/**
 * Files with the Prometheus operator's own definitions of ServiceMonitor and PrometheusRule, from its Go module. The
 * network namespace of the tests has no way out, so the module must be in the cache: `go mod download` it before.
 * undefined where it is not; in CI that is an error.
 */
export function monitoringDefinitions(): readonly string[] | undefined {
  const { status, stdout } = spawnSync('go', ['mod', 'download', '-json', module], { encoding: 'utf8', cwd: '/' });
  if (status !== 0) {
    if (process.env['CI'] === 'true') {
      throw new Error(`${module} is not in the module cache; with CI=true nothing may be skipped`);
    }
    return undefined;
  }
  const { Dir } = JSON.parse(stdout) as { readonly Dir: string };
  return ['servicemonitors', 'prometheusrules'].map((kind) =>
    join(Dir, 'example/prometheus-operator-crd', `monitoring.coreos.com_${kind}.yaml`),
  );
}
