import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { lockFile } from './lock.ts';
import { modulesFolder } from './parts.ts';

const run = promisify(execFile);
const source = join(modulesFolder, 'clients');

/** How client-go is set up: what it sends built-in kinds as, and whether its informers list by watching. */
export interface ClientSettings {
  readonly content: 'json' | 'protobuf';
  readonly watchList: boolean;
}

/**
 * Our own Go program that drives an API server through client-go; built when its source is new. Beside the upstream programs, so
 * that a change of it leaves those as they are.
 */
export async function clientProgram(): Promise<string> {
  const hash = createHash('sha256');
  for (const file of readdirSync(source).toSorted()) {
    hash.update(file).update(readFileSync(join(source, file)));
  }
  const root = process.env['METALWAVE_CACHE'] ?? join(homedir(), '.cache', 'metalwave');
  const folder = join(root, 'clients', hash.digest('hex').slice(0, 16));
  const program = join(folder, 'clients');
  if (!existsSync(program)) {
    mkdirSync(folder, { recursive: true });
    const release = await lockFile(join(folder, 'lock'), () => undefined);
    try {
      const unfinished = `${program}.unfinished`;
      const env = { ...process.env, CGO_ENABLED: '0', GOWORK: 'off' };
      const args = ['build', '-mod=readonly', '-trimpath', '-ldflags', '-s -w', '-o', unfinished, '.'];
      await run('go', args, { cwd: source, env });
      renameSync(unfinished, program);
    } finally {
      release();
    }
  }
  return program;
}

/** What the program saw of an API server, line by line. */
export async function clientReport(kubeconfig: string, settings: ClientSettings): Promise<readonly string[]> {
  const env = { ...process.env, KUBE_FEATURE_WatchListClient: String(settings.watchList) };
  const args = ['--kubeconfig', kubeconfig, '--content', settings.content];
  const { stdout } = await run(await clientProgram(), args, { env, timeout: 170_000 });
  return stdout.trim().split('\n');
}
