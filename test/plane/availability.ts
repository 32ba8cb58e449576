import { spawnSync } from 'node:child_process';
import { networkInterfaces } from 'node:os';
import { missingPrograms } from './build.ts';
import type { PartName } from './parts.ts';

/** Address of the API server inside the namespace; no other machine has it (RFC 5737). */
export const planeAddress = '192.0.2.1';
/** Service addresses of the namespace: local there, so that the API server reaches webhooks and no packet leaves. */
export const serviceRange = '10.144.0.0/12';

const core: readonly PartName[] = [
  'etcd',
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
  'kubectl',
  'kwok',
];

function isMissing(program: string, ...args: readonly string[]): boolean {
  return spawnSync(program, args, { stdio: 'ignore' }).status !== 0;
}

function reasonWhyNot(): string | undefined {
  if (process.platform !== 'linux') {
    return 'the real control plane needs Linux network namespaces';
  }
  if (process.getuid?.() !== 0) {
    return 'the real control plane needs root for its network namespace';
  }
  if (isMissing('ip', '-V') || isMissing('flock', '--version')) {
    return 'the real control plane needs the programs ip (iproute2) and flock (util-linux)';
  }
  if (missingPrograms(core).length > 0 && isMissing('go', 'version')) {
    return 'the real control plane is not built yet and there is no Go to build it with';
  }
  return undefined;
}

/**
 * Why the real control plane cannot run here, in words for a skipped test; undefined where it can. In CI nothing may be
 * skipped, so there a reason is thrown.
 */
export function planeUnavailable(): string | undefined {
  const reason = reasonWhyNot();
  if (reason !== undefined && process.env['CI'] === 'true') {
    throw new Error(`${reason}; with CI=true nothing may be skipped`);
  }
  return reason;
}

/** True inside a namespace made by `in-namespace.ts`. */
export function isInNamespace(): boolean {
  return (networkInterfaces()['lo'] ?? []).some((entry) => entry.address === planeAddress);
}

/** Throws with the command to use where this process is not in a namespace of its own. */
export function requireNamespace(): void {
  if (!isInNamespace()) {
    throw new Error(
      'The control plane runs in a network namespace of its own. Start the command by ' +
        '`npx tsx test/plane/in-namespace.ts npx vitest run --project plane <file>`',
    );
  }
}
