import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { PlaneFiles } from './plane-files.ts';

/** Runs kubectl as the plane's admin. Gives standard output; throws with standard error where it fails. */
export async function runKubectl(
  files: Pick<PlaneFiles, 'root' | 'binDir' | 'kubeconfig'>,
  args: readonly string[],
  input = '',
): Promise<string> {
  const child = spawn(join(files.binDir, 'kubectl'), ['--cache-dir', join(files.root, 'kubectl-cache'), ...args], {
    env: { PATH: process.env['PATH'], HOME: files.root, KUBECONFIG: files.kubeconfig },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const texts = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => {
    texts.out += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    texts.err += chunk.toString();
  });
  child.stdin.on('error', () => {
    // It ended without reading all of its input; the exit code tells.
  });
  child.stdin.end(input);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) {
    throw new Error(`kubectl ${args.join(' ')} failed (${code ?? 'killed'}): ${texts.err.trim()}`);
  }
  return texts.out;
}
