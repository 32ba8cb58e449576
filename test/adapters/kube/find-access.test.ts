import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TLSSocket } from 'node:tls';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ClusterAccess } from '../../../src/adapters/kube/access.ts';
import { type AccessOptions, findAccess } from '../../../src/adapters/kube/find-access.ts';
import { openKubeCluster } from '../../../src/adapters/kube/open-cluster.ts';
import { Failure } from '../../../src/domain/failure.ts';
import type { Json } from '../../../src/domain/json.ts';
import { json, type Reply, type ScriptedServer, startScriptedServer, status } from './scripted-server.ts';

const { signal } = new AbortController();
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'metalwave-kubeconfig-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

function write(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

function kubeconfig(user: Json, cluster: Json = {}): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'c', cluster: { server: 'https://192.0.2.9:6443', ...(cluster as object) } }],
    users: [{ name: 'u', user }],
    contexts: [
      { name: 'dev', context: { cluster: 'c', user: 'u' } },
      { name: 'lost-cluster', context: { cluster: 'absent', user: 'u' } },
      { name: 'lost-user', context: { cluster: 'c', user: 'absent' } },
    ],
    'current-context': 'dev',
  });
}

function find(options: Partial<AccessOptions>): ClusterAccess {
  return findAccess({ kubeconfig: undefined, context: undefined, inCluster: false, env: {}, ...options });
}

function refusal(options: Partial<AccessOptions>): Failure {
  try {
    find(options);
  } catch (error) {
    if (error instanceof Failure) {
      return error;
    }
    throw error;
  }
  throw new Error('it was accepted');
}

describe('where the kubeconfig comes from', () => {
  it('takes the named file before everything else', () => {
    const named = write('named', kubeconfig({}, { server: 'https://192.0.2.1:1' }));
    const fromEnv = write('env', kubeconfig({}, { server: 'https://192.0.2.2:1' }));
    const env = { KUBECONFIG: fromEnv, KUBERNETES_SERVICE_HOST: '192.0.2.3' };
    expect(find({ kubeconfig: named, inCluster: true, env }).server.host).toBe('192.0.2.1:1');
    expect(find({ env }).server.host).toBe('192.0.2.2:1');
  });

  it('merges the files of KUBECONFIG, the first one winning, and skips absent ones', () => {
    const first = write(
      'first',
      'current-context: other\ncontexts: [{name: other, context: {cluster: c2, user: u}}]\n',
    );
    const second = write(
      'second',
      `clusters: [{name: c2, cluster: {server: "https://192.0.2.4:6443"}}]\nusers: [{name: u, user: {token: t}}]\ncurrent-context: dev\n`,
    );
    const env = { KUBECONFIG: [join(folder, 'absent'), first, second].join(':') };
    expect(find({ env }).description).toBe('context other at https://192.0.2.4:6443');
  });

  it('falls back to ~/.kube/config, and then to the pod it runs in', () => {
    const kube = join(folder, '.kube');
    mkdirSync(kube);
    write('.kube/config', kubeconfig({}));
    write('ca.crt', 'CA');
    expect(find({ env: { HOME: folder } }).server.hostname).toBe('192.0.2.9');
    const env = { KUBERNETES_SERVICE_HOST: 'fd00::1', KUBERNETES_SERVICE_PORT: '443' };
    const pod = find({ env, serviceAccountFolder: folder });
    expect(pod.server.hostname).toBe('[fd00::1]');
    expect(pod.ca).toBe('CA');
  });

  it('reads the token of the pod anew when the server refuses it', async () => {
    write('ca.crt', 'CA');
    write('token', 'first\n');
    const env = { KUBERNETES_SERVICE_HOST: '192.0.2.3' };
    const { credentials } = find({ inCluster: true, env, serviceAccountFolder: folder });
    const first = await credentials.current(signal);
    expect(first.headers).toEqual({ authorization: 'Bearer first' });
    expect(credentials.refused(first)).toBe(false);
    write('token', 'second\n');
    expect((await credentials.current(signal)).headers).toEqual({ authorization: 'Bearer first' });
    expect(credentials.refused(first)).toBe(true);
    expect(credentials.refused(first)).toBe(true);
    expect((await credentials.current(signal)).headers).toEqual({ authorization: 'Bearer second' });
  });

  it.each([
    ['nothing is there', {}, 'no kubeconfig'],
    ['the named file is absent', { kubeconfig: '/nowhere/at-all' }, '/nowhere/at-all'],
    ['it should be a pod and is none', { inCluster: true }, 'no pod'],
    [
      'the pod has no service account',
      { env: { KUBERNETES_SERVICE_HOST: 'x' }, serviceAccountFolder: '/nowhere' },
      '/nowhere',
    ],
  ])('says so where %s', (_case, options, words) => {
    const failure = refusal(options);
    expect(failure.code).toBe('kubeconfig-invalid');
    expect(failure.message).toContain(words);
    expect(failure.remedy).toBeDefined();
  });
});

describe('what stands in it', () => {
  it.each([
    ['a token', { token: 't1' }, { authorization: 'Bearer t1' }],
    ['name and password', { username: 'a', password: 'b' }, { authorization: 'Basic YTpi' }],
    ['nothing', {}, {}],
    ['an impersonated user', { token: 't1', as: 'other' }, { authorization: 'Bearer t1', 'impersonate-user': 'other' }],
  ])('authorizes by %s', async (_case, user, headers) => {
    const access = find({ kubeconfig: write('config', kubeconfig(user)) });
    expect((await access.credentials.current(signal)).headers).toEqual(headers);
  });

  it('reads certificates and tokens from files beside it and from data', async () => {
    write('ca.pem', 'CA');
    write('client.pem', 'CERT');
    write('client.key', 'KEY');
    write('token', 'from-file');
    const byPath = { 'client-certificate': 'client.pem', 'client-key': 'client.key' };
    const files = find({ kubeconfig: write('a', kubeconfig(byPath, { 'certificate-authority': 'ca.pem' })) });
    expect(files.ca).toBe('CA');
    expect(await files.credentials.current(signal)).toMatchObject({ certificate: 'CERT', key: 'KEY' });
    const byData = { 'client-certificate-data': 'Q0VSVA==', 'client-key-data': 'S0VZ' };
    const data = find({ kubeconfig: write('b', kubeconfig(byData, { 'certificate-authority-data': 'Q0E=' })) });
    expect(data.ca).toBe('CA');
    expect(await data.credentials.current(signal)).toMatchObject({ certificate: 'CERT', key: 'KEY' });
    const token = find({ kubeconfig: write('c', kubeconfig({ token: 'old', tokenFile: 'token' })) });
    expect((await token.credentials.current(signal)).headers).toEqual({ authorization: 'Bearer from-file' });
  });

  it('honours the server name and the will to trust anyone', () => {
    const cluster = { 'tls-server-name': 'kubernetes', 'insecure-skip-tls-verify': true };
    const access = find({ kubeconfig: write('config', kubeconfig({}, cluster)) });
    expect(access).toMatchObject({ serverName: 'kubernetes', verifyCertificate: false });
  });

  it.each([
    ['an unknown context', kubeconfig({}), 'nope', 'dev, lost-cluster, lost-user'],
    ['a context without its cluster', kubeconfig({}), 'lost-cluster', 'absent'],
    ['a context without its user', kubeconfig({}), 'lost-user', 'absent'],
    ['no current context', 'apiVersion: v1\n', undefined, 'current context'],
    ['nothing', '', undefined, 'empty'],
    ['a list', '[1]', undefined, 'no mapping'],
    ['a certificate without key', kubeconfig({ 'client-certificate-data': 'Q0U=' }), undefined, 'not both'],
    ['a missing CA file', kubeconfig({}, { 'certificate-authority': 'gone.pem' }), undefined, 'gone.pem'],
    ['a server that is no address', kubeconfig({}, { server: 'https://' }), undefined, 'server address'],
    ['a server of another protocol', kubeconfig({}, { server: 'ftp://192.0.2.1' }), undefined, 'server address'],
    ['a proxy', kubeconfig({}, { 'proxy-url': 'http://192.0.2.1' }), undefined, 'proxy-url'],
    ['impersonated groups', kubeconfig({ 'as-groups': ['a'] }), undefined, 'as-groups'],
  ])('refuses %s and tells what is there', (_case, text, context, words) => {
    const failure = refusal({ kubeconfig: write('config', text), context });
    expect(failure.code).toBe('kubeconfig-invalid');
    expect(`${failure.message} ${failure.remedy ?? ''}`).toContain(words);
  });

  it.each([
    ['broken YAML', 'users: [{name: u, user: {token: hunter2}\n  broken'],
    ['credentials in the address', kubeconfig({}, { server: 'https://admin:hunter2@192.0.2.1:6443' })],
  ])('repeats no secret where it has %s', (_case, text) => {
    const failure = refusal({ kubeconfig: write('config', text) });
    expect(`${failure.message} ${failure.remedy ?? ''} ${String(failure.cause)}`).not.toContain('hunter2');
  });

  it('refuses a file that is absurdly large', () => {
    const failure = refusal({ kubeconfig: write('config', ' '.repeat(1024 * 1024 + 1)) });
    expect(failure.code).toBe('kubeconfig-invalid');
  });
});

function open(path: string): ReturnType<typeof openKubeCluster> {
  return openKubeCluster({ kubeconfig: path, context: undefined, inCluster: false, env: {} });
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

describe('credentials of a plugin', () => {
  let server: ScriptedServer;
  beforeEach(async () => {
    server = await startScriptedServer();
  });
  afterEach(async () => {
    await server.stop();
  });

  /** A plugin that counts its runs in a file and gives `token-N` in its N-th. */
  function plugin(script: string): string {
    const path = write('plugin', `#!/bin/sh\necho run >> "${folder}/runs"\n${script}\n`);
    chmodSync(path, 0o755);
    const exec = { apiVersion: 'client.authentication.k8s.io/v1', command: path, interactiveMode: 'Never' };
    const ca = base64(server.ca);
    return write('config', kubeconfig({ exec }, { server: server.url, 'certificate-authority-data': ca }));
  }

  const numbered =
    'n=$(wc -l < "$(dirname "$0")/runs"); test -n "$KUBERNETES_EXEC_INFO" || exit 1\n' +
    'printf \'{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"token-%s"}}\' $n';

  it('runs it once for many requests, and again when the server refuses its token', async () => {
    const cluster = open(plugin(numbered));
    const version = json(200, { gitVersion: 'v1.35.4' });
    server.replies(version);
    await cluster.serverVersion(signal);
    await cluster.serverVersion(signal);
    expect(readFileSync(join(folder, 'runs'), 'utf8').split('\n')).toHaveLength(2);
    const onlySecond: Reply = (request, response, socket) => {
      const known = request.headers['authorization'] === 'Bearer token-2';
      (known ? version : status(401))(request, response, socket);
    };
    server.replies(onlySecond);
    const many = Array.from({ length: 8 }, () => cluster.serverVersion(signal));
    expect(new Set(await Promise.all(many))).toEqual(new Set(['v1.35.4']));
    cluster.close();
  });

  it.each([
    ['fails', 'echo "log in again" >&2; exit 3', 'log in again'],
    ['prints no JSON', 'echo hunter2', 'no JSON'],
  ])('says so where it %s, without what it printed on standard output', async (_case, script, words) => {
    const failure = await open(plugin(script))
      .serverVersion(signal)
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'cluster-credentials', retry: 'later' });
    expect(String(failure)).toContain(words);
    expect(String(failure)).not.toContain('hunter2');
    expect(server.received).toEqual([]);
  });

  it('does not wait for it once it is told to stop', async () => {
    const stop = new AbortController();
    const work = open(plugin('sleep 1')).serverVersion(stop.signal);
    const reason = new Error('enough');
    const ended = expect(work).rejects.toBe(reason);
    await expect.poll(() => existsSync(join(folder, 'runs')), { timeout: 30_000 }).toBe(true);
    stop.abort(reason);
    await ended;
  });

  it('shows a client certificate where the user has one', async () => {
    const user = { 'client-certificate-data': base64(server.ca), 'client-key-data': base64(server.key) };
    const cluster = { server: server.url, 'certificate-authority-data': base64(server.ca) };
    let shown: unknown;
    server.replies((request, response, socket) => {
      shown = socket instanceof TLSSocket ? socket.getPeerCertificate().subject : undefined;
      json(200, { gitVersion: 'v1.35.4' })(request, response, socket);
    });
    const opened = open(write('config', kubeconfig(user, cluster)));
    await opened.serverVersion(signal);
    expect(shown).toMatchObject({ CN: 'metalwave-sandbox' });
    opened.close();
  });
});
