import { spawn } from 'node:child_process';

type Attempt = { readonly held: true; readonly release: () => void } | { readonly held: false };

/**
 * Holds a lock between processes until the returned function is called. The kernel keeps it (flock), so it is free again
 * when its holder dies, however that happens. `onWait` is told once when another process has it.
 */
export async function lockFile(path: string, onWait: () => void): Promise<() => void> {
  const first = await attempt(['-n', path]);
  if (first.held) {
    return first.release;
  }
  onWait();
  const second = await attempt([path]);
  if (!second.held) {
    throw new Error(`flock could not lock ${path}`);
  }
  return second.release;
}

/** The holder lives as long as its standard input is open, which ends with this process at the latest. */
async function attempt(args: readonly string[]): Promise<Attempt> {
  const holder = spawn('flock', [...args, 'sh', '-c', 'echo held; exec cat'], { stdio: ['pipe', 'pipe', 'inherit'] });
  return new Promise((resolve, reject) => {
    holder.once('error', reject);
    holder.once('close', () => {
      resolve({ held: false });
    });
    holder.stdout.once('data', () => {
      resolve({
        held: true,
        release: () => {
          holder.stdin.end();
        },
      });
    });
  });
}
