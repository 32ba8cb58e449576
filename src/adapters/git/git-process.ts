import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SimpleGit } from 'simple-git';
import { Failure } from '../../domain/failure.ts';
import { sealedConfiguration, sealedEnvironment } from '../../domain/source/sealed-git.ts';
import { overLimit } from '../../domain/source/select-files.ts';
import { callVariable, endLeftovers } from './leftover-processes.ts';
import type { Variables } from './credentials.ts';

/** One run of git: constant arguments and checked values only. */
export interface GitCall {
  readonly args: readonly string[];
  readonly folder: string;
  /** The repository; without it git must find none. */
  readonly gitDir?: string;
  /** The one transport that this call may open; none without it. */
  readonly transport?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly configuration?: readonly string[];
  readonly input?: string;
  readonly timeoutMs: number;
  readonly maxOutputBytes: number;
}

/** What git said in going: its exit code (null when a signal ended it) and the beginning of its standard error. */
export interface GitExit {
  readonly code: number | null;
  readonly stderr: string;
  readonly stdout: Buffer;
}

/** Settings of every call: nothing automatic, no other hosts, everything fetched is checked, stalls end. */
const configuration = [
  ...sealedConfiguration,
  'core.symlinks=false',
  'core.bigFileThreshold=4m',
  'transfer.fsckObjects=true',
  'transfer.bundleURI=false',
  'fetch.recurseSubmodules=false',
  'submodule.recurse=false',
  'http.followRedirects=false',
  'http.lowSpeedLimit=100',
  'http.lowSpeedTime=30',
  'protocol.version=2',
  'gc.auto=0',
  'maintenance.auto=false',
];

/** Taken from the caller's environment: how to reach the network, never what to run or whom to trust for Git. */
const inherited = [
  'PATH',
  'TMPDIR',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  'http_proxy',
  'https_proxy',
  'HTTPS_PROXY',
  'all_proxy',
  'ALL_PROXY',
  'no_proxy',
  'NO_PROXY',
];

/** Needed because the sealed settings themselves are of the kinds that simple-git guards. Values from users never are. */
const ownSettings = {
  allowUnsafeConfigPaths: true,
  allowUnsafeSshCommand: true,
  allowUnsafeHooksPath: true,
  allowUnsafeFsMonitor: true,
  allowUnsafeCredentialHelper: true,
  allowUnsafeGpgProgram: true,
} as const;

const maxStderrBytes = 64 * 1024;
const graceMs = 2_000;

/**
 * Runs git through simple-git and gives back how it ended; throws only for abort, timeout and too much output. Whatever
 * the reason, nothing of the call runs on afterwards.
 */
export async function runGit(call: GitCall, variables: Variables, signal: AbortSignal): Promise<GitExit> {
  signal.throwIfAborted();
  const { simpleGit } = await import('simple-git');
  const mark = randomUUID();
  const environment = environmentOf(call, variables, mark);
  const stop = new AbortController();
  const deadline = AbortSignal.timeout(call.timeoutMs);
  const cancel = AbortSignal.any([signal, deadline, stop.signal]);
  const taken = takeOutput(call.maxOutputBytes, stop);
  let code: number | null = 0;
  const git = simpleGit({
    baseDir: call.folder,
    abort: cancel,
    config: [...configuration, ...(call.configuration ?? [])],
    unsafe: ownSettings,
    allowEnvironment: Object.keys(environment),
    completion: { onClose: true, onExit: false },
    ...(call.input === undefined ? {} : { input: () => call.input }),
    errors: (error, result) => {
      code = result.exitCode;
      return error;
    },
  })
    .env(environment)
    .outputHandler((_command, stdout, stderr) => taken.listen(stdout, stderr));
  const failed = await finish(git, call.args, cancel, mark);
  if (cancel.aborted) {
    await endLeftovers(mark);
    signal.throwIfAborted();
    throw stop.signal.aborted ? outputLimit(call) : timedOut(call);
  }
  const said = taken.stderr();
  return {
    code: failed !== undefined && code === 0 ? 1 : code,
    stderr: said === '' ? (failed ?? '') : said,
    stdout: taken.stdout(),
  };
}

/** Waits for git; a cancelled one and its helpers are ended, and have a short grace for it. */
async function finish(
  git: SimpleGit,
  args: readonly string[],
  cancel: AbortSignal,
  mark: string,
): Promise<string | undefined> {
  const run = git.raw([...args]).then(
    () => undefined,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  const done = new AbortController();
  const grace = async (): Promise<undefined> => {
    await onceAborted(cancel, done.signal);
    if (cancel.aborted) {
      await endLeftovers(mark);
    }
    await sleep(graceMs, undefined, { signal: done.signal }).catch(() => undefined);
  };
  const result = await Promise.race([run, grace()]);
  done.abort();
  return result;
}

async function onceAborted(cancel: AbortSignal, done: AbortSignal): Promise<void> {
  if (cancel.aborted) {
    return;
  }
  await new Promise<void>((resolve) => {
    cancel.addEventListener('abort', () => resolve(), { once: true, signal: done });
    done.addEventListener('abort', () => resolve(), { once: true });
  });
}

/** Collects bytes as they come: simple-git's own texts are decoded, which names and contents do not survive. */
function takeOutput(
  maxBytes: number,
  stop: AbortController,
): { listen(stdout: NodeJS.ReadableStream, stderr: NodeJS.ReadableStream): void; stdout(): Buffer; stderr(): string } {
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  let outBytes = 0;
  let errBytes = 0;
  return {
    listen(stdout, stderr) {
      stdout.on('data', (chunk: Buffer) => {
        outBytes += chunk.length;
        out.push(chunk);
        if (outBytes > maxBytes) {
          stop.abort();
        }
      });
      stderr.on('data', (chunk: Buffer) => {
        errBytes += chunk.length;
        if (errBytes <= maxStderrBytes) {
          err.push(chunk);
        }
      });
    },
    stdout: () => Buffer.concat(out),
    stderr: () => Buffer.concat(err).toString('utf8'),
  };
}

function environmentOf(call: GitCall, variables: Variables, mark: string): Record<string, string> {
  const environment: Record<string, string> = { ...sealedEnvironment, [callVariable]: mark };
  for (const name of inherited) {
    const value = variables[name];
    if (value !== undefined) {
      environment[name] = value;
    }
  }
  environment['GIT_ALLOW_PROTOCOL'] = call.transport ?? 'none';
  environment['GIT_CEILING_DIRECTORIES'] = call.folder;
  if (call.gitDir !== undefined) {
    environment['GIT_DIR'] = call.gitDir;
  }
  return { ...environment, ...call.environment };
}

function timedOut(call: GitCall): Failure {
  return new Failure({
    code: 'source-unreachable',
    message: `git ${call.args[0] ?? ''} took longer than ${String(call.timeoutMs)} ms and was stopped.`,
    retry: 'now',
    remedy: 'Check the way to the repository; the next try starts anew.',
  });
}

function outputLimit(call: GitCall): Failure {
  return overLimit(`git ${call.args[0] ?? ''} gave more than ${String(call.maxOutputBytes)} bytes`);
}
