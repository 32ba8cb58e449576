import { Failure, type FailureCode, type Retry } from '../../domain/failure.ts';

interface Meaning {
  readonly pattern: RegExp;
  readonly code: FailureCode;
  readonly retry: Retry;
  readonly message: string;
  readonly remedy: string;
}

const checkCredentials = 'Check user name, password or key in the credentials, and that they may read the repository.';
const checkNetwork = 'Check the network, the host name and the server.';
const checkUrl = 'Check the URL; some forges answer like this when the credentials may not see the repository.';

/** What git says (in English, LC_ALL=C) and what it means, the most telling first. */
const meanings: readonly Meaning[] = [
  mean(/ENOENT|spawn git/u, 'source-refused', 'later', 'git is not installed', 'Install Git 2.31 or newer.'),
  mean(
    /REMOTE HOST IDENTIFICATION HAS CHANGED|Host key verification failed|No .* host key is known/u,
    'source-credentials',
    'later',
    'the host key is not among the known hosts',
    "Add the server's host key to the known_hosts file, after comparing it with what the server's owner publishes.",
  ),
  mean(
    /Permission denied \(|Too many authentication failures|Load key /u,
    'source-credentials',
    'later',
    'the server took none of the ssh keys',
    checkCredentials,
  ),
  mean(
    /could not read (?:Username|Password)/u,
    'source-credentials',
    'later',
    'the server asks for credentials',
    checkCredentials,
  ),
  mean(
    /Authentication failed|returned error: 401/u,
    'source-credentials',
    'later',
    'the server refused the credentials (401)',
    checkCredentials,
  ),
  mean(/returned error: 403/u, 'source-credentials', 'later', 'the server forbids access (403)', checkCredentials),
  mean(
    /returned error: 429/u,
    'source-unreachable',
    'later',
    'the server asks for fewer requests (429)',
    'Wait and poll less often.',
  ),
  mean(
    /returned error: 3[0-9][0-9]|unable to update url base from redirection/u,
    'source-refused',
    'later',
    'the server redirects to another address, which is not followed',
    'Name the final URL of the repository.',
  ),
  mean(
    /returned error: 404|repository '.*' not found|does not appear to be a git repository|Repository not found|does not exist/iu,
    'source-not-found',
    'later',
    'there is no such repository',
    checkUrl,
  ),
  mean(
    /returned error: 5[0-9][0-9]/u,
    'source-unreachable',
    'now',
    'the server failed (5xx)',
    'Try again; if it lasts, look at the Git server.',
  ),
  mean(
    /not our ref|couldn't find remote ref|unadvertised object/u,
    'source-not-found',
    'now',
    'the commit is no longer there',
    'Resolve the branch or tag again; it moved, or the commit was removed.',
  ),
  mean(
    /dubious ownership/u,
    'source-refused',
    'later',
    'the repository belongs to another user of this machine',
    'Run as the user that owns it, or give it to this user.',
  ),
  mean(
    /certificate|SSL|TLS/u,
    'source-refused',
    'later',
    'the TLS certificate of the server is not trusted',
    'Name the CA certificates in the credentials (caFile).',
  ),
  mean(
    /dumb http transport|not valid: is this a git repository|invalid server response/u,
    'source-refused',
    'later',
    'the server does not speak the smart Git protocol',
    checkUrl,
  ),
  mean(
    /transport '.*' not allowed|Unable to find remote helper/u,
    'source-refused',
    'never',
    'the transport is not allowed',
    checkUrl,
  ),
  mean(
    /Could not resolve host|Failed to connect|Couldn't connect|Connection (?:refused|timed out|reset|closed)|Network is unreachable|No route to host|Empty reply|Operation too slow|Operation timed out|kex_exchange/u,
    'source-unreachable',
    'now',
    'the server cannot be reached',
    checkNetwork,
  ),
  mean(
    /early EOF|unexpected disconnect|RPC failed|the remote end hung up|expected flush|bad line length|transfer closed/u,
    'source-unreachable',
    'now',
    'the connection broke in the middle',
    checkNetwork,
  ),
  mean(
    /corrupt|fsck error|index-pack failed|inflate|bad object|missing (?:blob|tree|commit)|not a git repository|bad config|not a tree object|unable to read|unpack|Unable to create|bad (?:signature|pack)|mismatch|not a valid object|invalid object|fatal: .*packfile/iu,
    'source-corrupt',
    'now',
    'the repository holds broken objects',
    'Run `git fsck` on the repository that the URL names.',
  ),
];

function mean(pattern: RegExp, code: FailureCode, retry: Retry, message: string, remedy: string): Meaning {
  return { pattern, code, retry, message, remedy };
}

/** Turns git's words into a failure. The message holds the location and, for what is not known, git's last line without secrets. */
export function gitFailure(stderr: string, location: string, secrets: readonly string[]): Failure {
  const meaning = meanings.find(({ pattern }) => pattern.test(stderr));
  if (meaning === undefined) {
    return new Failure({
      code: 'source-unreachable',
      message: `${location} cannot be read: git said ${JSON.stringify(lastWords(stderr, secrets))}.`,
      retry: 'later',
    });
  }
  return new Failure({
    code: meaning.code,
    message: `${location} cannot be read: ${meaning.message}.`,
    retry: meaning.retry,
    remedy: meaning.remedy,
  });
}

function lastWords(stderr: string, secrets: readonly string[]): string {
  const lines = stderr.split('\n').filter((line) => line.trim() !== '');
  const line = lines.findLast((text) => /^(?:fatal|error):/u.test(text)) ?? lines.at(-1) ?? 'nothing';
  const clean = secrets
    .filter((secret) => secret !== '')
    .reduce((text, secret) => text.replaceAll(secret, '***'), line);
  // Addresses may carry credentials of a redirect or a proxy, and a server may send terminal controls.
  return clean
    .replaceAll(/\/\/[^/@\s]*@/gu, '//***@')
    .replaceAll(/\p{Cc}/gu, ' ')
    .slice(0, 200);
}
