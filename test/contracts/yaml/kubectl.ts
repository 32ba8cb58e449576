import { spawnSync } from 'node:child_process';
import { programPath } from '../../plane/build.ts';

/** What the real parser made of a text: the values of its documents, or the reason why it read none. */
export type KubectlReading = { readonly values: readonly unknown[] } | { readonly refused: string };

function works(command: string): boolean {
  return spawnSync(command, ['version', '--client'], { timeout: 10_000 }).status === 0;
}

/** The kubectl to compare with: the one built for the real control plane, else the machine's; undefined where there is none. */
export function findKubectl(): string | undefined {
  return [programPath('kubectl'), 'kubectl'].find((command) => works(command));
}

/** JSON texts one after another, as kubectl prints objects. */
function splitJson(printed: string): readonly unknown[] {
  return printed
    .split(/(?<=^\})\n/m)
    .filter((part) => part.trim() !== '')
    .map((part): unknown => JSON.parse(part));
}

/** Reads a text as kubectl reads it, without any server. Each document must be an object with apiVersion, kind and name. */
export function readWithKubectl(command: string, text: string): KubectlReading {
  const ran = spawnSync(command, ['annotate', '--local', '-f', '-', 'read=1', '-o', 'json'], {
    input: text,
    encoding: 'utf8',
    timeout: 30_000,
    maxBuffer: 64 * 1024 * 1024,
    env: { PATH: process.env['PATH'], KUBECONFIG: '/dev/null' },
  });
  return ran.status === 0 ? { values: splitJson(ran.stdout) } : { refused: ran.stderr.trim() };
}
