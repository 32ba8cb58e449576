import { readdir, readFile } from 'node:fs/promises';

/** Stands in the environment of everything that one git call starts. */
export const callVariable = 'METALWAVE_GIT_CALL';

/**
 * Ends what a cancelled git call left behind: git dies of its signal, but its transport helpers (git-remote-http, ssh)
 * live on until their peer answers. They are known by the call's own mark in their environment, which only processes of
 * that call carry. Where there is no /proc, the transports' own time limits end them.
 */
export async function endLeftovers(mark: string): Promise<void> {
  const wanted = Buffer.from(`${callVariable}=${mark}\0`);
  const names = await readdir('/proc').catch(() => []);
  const pids = names.filter((name) => /^[0-9]+$/u.test(name)).map(Number);
  await Promise.all(
    pids.map(async (pid) => {
      const environment = await readFile(`/proc/${String(pid)}/environ`).catch(() => undefined);
      if (environment?.includes(wanted) === true) {
        endProcess(pid);
      }
    }),
  );
}

function endProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended by itself in the meantime.
  }
}
