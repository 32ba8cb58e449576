import { mkdtempSync, rmSync, symlinkSync, writeFileSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSandbox } from '../../src/adapters/sandbox/start-sandbox.ts';
import type { Sandbox, SandboxOptions } from '../../src/adapters/sandbox/start-sandbox.ts';
import { systemClock } from '../../src/adapters/system/clock.ts';
import { buildPrograms, programPath } from './build.ts';
import { type Child, startChild } from './child.ts';
import { runKubectl } from './kubectl.ts';
import { kubeconfigText } from './plane-files.ts';
import type { ClientPlane } from './plane.ts';

/** The embedded control plane as one that programs of others are started beside. */
export interface EmbeddedPlane extends ClientPlane {
  readonly sandbox: Sandbox;
}

/** Starts it in this process; what it writes is in a folder that goes with it. */
export async function startEmbedded(options: Omit<SandboxOptions, 'clock'> = {}): Promise<EmbeddedPlane> {
  await buildPrograms(['kubectl']);
  const sandbox = await startSandbox({ clock: systemClock, ...options });
  const folder = mkdtempSync(join(tmpdir(), 'metalwave-embedded-'));
  const children: Child[] = [];
  const binDir = join(folder, 'bin');
  const ca = join(folder, 'ca.crt');
  mkdirSync(binDir);
  symlinkSync(programPath('kubectl'), join(binDir, 'kubectl'));
  writeFileSync(ca, sandbox.certificate);
  const kubeconfigFor = (token: string): string => {
    const path = mkdtempSync(join(folder, 'kubeconfig-'));
    writeFileSync(join(path, 'config'), kubeconfigText(sandbox.server, ca, token), { mode: 0o600 });
    return join(path, 'config');
  };
  const kubeconfig = kubeconfigFor(sandbox.token);
  const kubectl = async (args: readonly string[], input?: string): Promise<string> =>
    runKubectl({ root: folder, binDir, kubeconfig }, args, input);
  return {
    sandbox,
    server: sandbox.server,
    folder,
    kubeconfig,
    kubeconfigFor,
    kubectl: async (...args) => kubectl(args),
    kubectlApply: async (...objects) =>
      kubectl(['apply', '--server-side', '-f', '-'], objects.map((object) => JSON.stringify(object)).join('\n---\n')),
    start: async (name, program, args, env) => {
      const child = await startChild({ name, program, args, env, folder, logPath: join(folder, `${name}.log`) });
      children.push(child);
      return child;
    },
    stop: async () => {
      await Promise.all(children.map(async (child) => child.stop()));
      await sandbox.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
