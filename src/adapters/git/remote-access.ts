import path from 'node:path';
import type { SourceLimits } from '../../domain/source/source-limits.ts';
import type { SourceUrl } from '../../domain/source/source-url.ts';
import { prepareCredentials, type GitCredentials, type Variables } from './credentials.ts';
import { gitFailure } from './git-errors.ts';
import { runGit } from './git-process.ts';

export interface RemoteCall {
  readonly args: readonly string[];
  readonly gitDir?: string;
  readonly timeoutMs: number;
}

export interface LocalOptions {
  readonly gitDir?: string;
  readonly input?: string;
  readonly maxOutputBytes?: number;
  readonly environment?: Readonly<Record<string, string>>;
  readonly configuration?: readonly string[];
}

/** Git for one repository: calls that may talk to its remote, and calls that may talk to nobody. Both throw Failures. */
export interface RemoteAccess {
  /** For messages. */
  readonly location: string;
  /** What git is given as the repository. */
  readonly target: string;
  /** Everything that is kept about this repository stands here. */
  readonly folder: string;
  readonly limits: SourceLimits;
  readonly fetchTimeoutMs: number;
  remote(call: RemoteCall, signal: AbortSignal): Promise<Buffer>;
  local(args: readonly string[], signal: AbortSignal, options?: LocalOptions): Promise<Buffer>;
  /** True where the remote answers and is a repository. */
  isReachable(signal: AbortSignal): Promise<boolean>;
}

/** Durations in milliseconds that a step may take. */
export interface GitTimeouts {
  /** Asking the remote for its refs. */
  readonly askMs: number;
  readonly fetchMs: number;
  /** Reading from the mirror. */
  readonly readMs: number;
}

export const defaultGitTimeouts: GitTimeouts = { askMs: 15_000, fetchMs: 120_000, readMs: 30_000 };

export interface AccessSettings {
  readonly url: SourceUrl;
  readonly folder: string;
  readonly credentials: GitCredentials;
  readonly limits: SourceLimits;
  readonly timeouts: GitTimeouts;
  readonly variables: Variables;
}

const smallOutputBytes = 4 * 1024 * 1024;

export function openRemoteAccess(settings: AccessSettings): RemoteAccess {
  const { url, folder, timeouts, variables } = settings;
  const target = url.isPath ? path.resolve(url.text) : url.text;
  const remote = async (call: RemoteCall, signal: AbortSignal): Promise<Buffer> => {
    const prepared = await prepareCredentials(url, settings.credentials, variables);
    const exit = await runGit(
      { ...call, ...prepared, folder, transport: url.transport, maxOutputBytes: smallOutputBytes },
      variables,
      signal,
    );
    if (exit.code !== 0) {
      throw gitFailure(exit.stderr, url.text, prepared.secrets);
    }
    return exit.stdout;
  };
  const local = async (args: readonly string[], signal: AbortSignal, options: LocalOptions = {}): Promise<Buffer> => {
    const call = { args, folder, timeoutMs: timeouts.readMs, maxOutputBytes: smallOutputBytes, ...options };
    const exit = await runGit(call, variables, signal);
    if (exit.code !== 0) {
      throw gitFailure(exit.stderr === '' ? 'corrupt' : exit.stderr, `The mirror of ${url.text}`, []);
    }
    return exit.stdout;
  };
  const isReachable = async (signal: AbortSignal): Promise<boolean> => {
    await remote({ args: ['ls-remote', '--', target, 'HEAD'], timeoutMs: timeouts.askMs }, signal);
    return true;
  };
  return {
    location: url.text,
    target,
    folder,
    limits: settings.limits,
    fetchTimeoutMs: timeouts.fetchMs,
    remote,
    local,
    isReachable,
  };
}
