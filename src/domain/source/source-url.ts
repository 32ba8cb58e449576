import { accept, hasControlCharacter, refuse, type Accepted } from './accepted.ts';

export type Transport = 'https' | 'http' | 'ssh' | 'file';

/** A location that Git may be given. Holds no credentials, so it is its own description. */
export interface SourceUrl {
  readonly transport: Transport;
  /** As the user wrote it. A local path may still be relative to the working directory. */
  readonly text: string;
  /** Absent for the machine's own files. */
  readonly host: string | undefined;
  /** True for a path, false for anything with a scheme or a host. */
  readonly isPath: boolean;
}

const maxLength = 2_000;
const schemePattern = /^([A-Za-z][A-Za-z0-9+.-]*):\/\/(.*)$/su;
const helperPattern = /^[A-Za-z0-9][A-Za-z0-9+.-]*::/u;
const hostPattern = /^(?:[A-Za-z0-9_](?:[A-Za-z0-9._-]*[A-Za-z0-9_])?|\[[0-9A-Fa-f:.]+\])\.?$/u;
const userPattern = /^[A-Za-z0-9_.][A-Za-z0-9_.-]*$/u;
const wayOutOfCredentials =
  'holds credentials; put them into a file or an environment variable and name that in the credentials';

/**
 * Accepts https, http, ssh (`ssh://` and `user@host:path`), `file://` and paths. Everything else Git would take
 * (`ext::`, `fd::`, `git://`, remote helpers, options) is refused, and so is a URL with a password in it.
 */
export function parseSourceUrl(text: string): Accepted<SourceUrl> {
  const reason = refusedText(text);
  if (reason !== undefined) {
    return refuse(reason);
  }
  if (helperPattern.test(text)) {
    return refuse(`uses the remote helper '${text.slice(0, text.indexOf('::'))}::', which could run commands`);
  }
  const scheme = schemePattern.exec(text);
  if (scheme !== null) {
    return parseWithScheme(text, (scheme[1] ?? '').toLowerCase(), scheme[2] ?? '');
  }
  const colon = text.indexOf(':');
  const slash = text.indexOf('/');
  if (colon > 0 && (slash === -1 || colon < slash)) {
    return parseScpForm(text, colon);
  }
  return accept({ transport: 'file', text, host: undefined, isPath: true });
}

function refusedText(text: string): string | undefined {
  if (text.trim() === '') {
    return 'is empty';
  }
  if (text.length > maxLength) {
    return `is longer than ${String(maxLength)} characters`;
  }
  if (hasControlCharacter(text)) {
    return 'holds a control character';
  }
  if (text.startsWith('-')) {
    return "starts with '-', as an option does";
  }
  return text === text.trim() ? undefined : 'starts or ends with a blank';
}

function parseWithScheme(text: string, scheme: string, rest: string): Accepted<SourceUrl> {
  switch (scheme) {
    case 'file':
      return parseFileUrl(text, rest);
    case 'https':
    case 'http':
      return parseNetworkUrl(text, scheme, rest);
    case 'ssh':
    case 'git+ssh':
    case 'ssh+git':
      return parseNetworkUrl(text, 'ssh', rest);
    default:
      return refuse(`uses '${scheme}://', which is not one of https, http, ssh and file`);
  }
}

function parseFileUrl(text: string, rest: string): Accepted<SourceUrl> {
  if (!rest.startsWith('/')) {
    return refuse("names another machine; a file URL has three slashes, as in 'file:///srv/config.git'");
  }
  const path = checkUrlPath(rest);
  return path === undefined ? accept({ transport: 'file', text, host: undefined, isPath: false }) : refuse(path);
}

function parseNetworkUrl(text: string, transport: 'https' | 'http' | 'ssh', rest: string): Accepted<SourceUrl> {
  const slash = rest.indexOf('/');
  const authority = slash === -1 ? rest : rest.slice(0, slash);
  const path = slash === -1 ? '' : rest.slice(slash);
  const at = authority.lastIndexOf('@');
  const user = checkUser(at === -1 ? undefined : authority.slice(0, at), transport);
  if (user !== undefined) {
    return refuse(user);
  }
  const host = splitPort(authority.slice(at + 1));
  if (host === undefined) {
    return refuse('has no proper host name and port');
  }
  if (path === '' || path === '/') {
    return refuse('names a host and no repository on it');
  }
  const reason = checkUrlPath(path);
  return reason === undefined ? accept({ transport, text, host, isPath: false }) : refuse(reason);
}

/** For ssh a user name is part of the address; anything else before the `@` is a secret or may be one. */
function checkUser(user: string | undefined, transport: Transport): string | undefined {
  if (user === undefined) {
    return undefined;
  }
  if (transport !== 'ssh' || user.includes(':')) {
    return wayOutOfCredentials;
  }
  return userPattern.test(user) ? undefined : 'has a user name that ssh could take for something else';
}

/** The host of `host` or `host:port`, or undefined where that is not what it is. */
function splitPort(authority: string): string | undefined {
  const match = /^(.*?)(?::([0-9]{1,5}))?$/u.exec(authority);
  const host = match?.[1] ?? '';
  const port = match?.[2];
  if (!hostPattern.test(host) || (port !== undefined && (Number(port) < 1 || Number(port) > 65_535))) {
    return undefined;
  }
  return host;
}

/** Git decodes percent escapes for ssh and file, so they are looked at decoded. */
function checkUrlPath(path: string): string | undefined {
  if (/[?#\\"'\s<>^`{|}]/u.test(path)) {
    return 'has a character in its path that a URL must write as a percent escape, or a query or fragment';
  }
  try {
    const decoded = decodeURIComponent(path);
    if (hasControlCharacter(decoded)) {
      return 'holds an escaped control character';
    }
    return /^\/+-/u.test(decoded) ? "has a path that starts with '-', as an option does" : undefined;
  } catch {
    return 'has a broken percent escape in its path';
  }
}

function parseScpForm(text: string, colon: number): Accepted<SourceUrl> {
  const authority = text.slice(0, colon);
  const path = text.slice(colon + 1);
  const at = authority.lastIndexOf('@');
  const user = checkUser(at === -1 ? undefined : authority.slice(0, at), 'ssh');
  if (user !== undefined) {
    return refuse(user);
  }
  const host = authority.slice(at + 1);
  if (path.includes('@') && at === -1) {
    return refuse(wayOutOfCredentials);
  }
  if (!hostPattern.test(host)) {
    return refuse('has no proper host name before the colon');
  }
  if (path === '') {
    return refuse('names a host and no repository on it');
  }
  return path.startsWith('-')
    ? refuse("has a path that starts with '-', as an option does")
    : accept({ transport: 'ssh', text, host, isPath: false });
}
