import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fixedCredentials } from '../../../src/adapters/kube/credentials.ts';
import { KubeCluster, type KubeClusterOptions } from '../../../src/adapters/kube/kube-cluster.ts';
import type { CredentialSource } from '../../../src/adapters/kube/access.ts';
import { Failure, FieldConflictFailure } from '../../../src/domain/failure.ts';
import type { KubeObject } from '../../../src/domain/manifest/kube-object.ts';
import type { ObjectId } from '../../../src/domain/manifest/object-id.ts';
import { coreKinds, json, type Reply, type ScriptedServer, startScriptedServer, status } from './scripted-server.ts';

const secretToken = 'very-secret-token';
const { signal } = new AbortController();
const id: ObjectId = { group: '', kind: 'ConfigMap', namespace: 'default', name: 'web' };
const object: KubeObject = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'web', namespace: 'default' } };

let server: ScriptedServer;
let opened: KubeCluster[] = [];

function credentials(): CredentialSource {
  return fixedCredentials({
    headers: { authorization: `Bearer ${secretToken}` },
    certificate: undefined,
    key: undefined,
  });
}

function clusterAt(url: string, options: KubeClusterOptions = {}, source = credentials()): KubeCluster {
  const cluster = new KubeCluster(
    {
      description: `context test at ${url}`,
      server: new URL(url),
      ca: server.ca,
      verifyCertificate: true,
      serverName: undefined,
      credentials: source,
    },
    options,
  );
  opened.push(cluster);
  return cluster;
}

async function failureOf(work: Promise<unknown>): Promise<Failure> {
  const outcome = await work.then(
    () => new Error('it succeeded'),
    (error: unknown) => error,
  );
  if (!(outcome instanceof Failure)) {
    throw new Error('no Failure was thrown', { cause: outcome });
  }
  return outcome;
}

/** The failure of an apply that the server answers in this way. */
async function applyAnsweredBy(reply: Reply, applied = object, options: KubeClusterOptions = {}): Promise<Failure> {
  server.replies(coreKinds, reply);
  return failureOf(clusterAt(server.url, options).apply(applied, {}, signal));
}

/** Knows one token only. */
const byToken: Reply = (request, response, socket) => {
  const known = request.headers['authorization'] === 'Bearer new';
  (known ? json(200, { gitVersion: 'v1.35.4' }) : status(401))(request, response, socket);
};

const signInPage: Reply = (_request, response) => {
  response.writeHead(200, { 'content-type': 'text/html' }).end('<p>Sign in</p>');
};

function page(names: readonly string[], next: string): Reply {
  const items = names.map((name) => ({ metadata: { name, namespace: 'default' } }));
  return json(200, { metadata: { resourceVersion: '9', continue: next }, items });
}

function renamed(item: KubeObject): KubeObject {
  return { ...item, metadata: { name: `kept-${item.metadata.name}` } };
}

beforeEach(async () => {
  server = await startScriptedServer();
});
afterEach(async () => {
  for (const cluster of opened) {
    cluster.close();
  }
  opened = [];
  await server.stop();
});

const kindsOrObject: Reply = (request, response, socket) => {
  const reply = request.url === '/api/v1' ? coreKinds : json(200, object);
  reply(request, response, socket);
};

describe('discovery', () => {
  it('is asked once by requests that start together', async () => {
    server.replies(kindsOrObject);
    const cluster = clusterAt(server.url);
    await Promise.all(Array.from({ length: 8 }, async () => cluster.get('v1', id, signal)));
    expect(server.received.filter(({ url }) => url === '/api/v1')).toHaveLength(1);
  });
});

describe('what the server refuses', () => {
  it('takes 401 as refused credentials and tells none of them', async () => {
    const failure = await applyAnsweredBy(status(401, { reason: 'Unauthorized', message: 'Unauthorized' }));
    expect(failure).toMatchObject({ code: 'cluster-credentials', retry: 'later' });
    expect(JSON.stringify([failure.message, failure.remedy])).not.toContain(secretToken);
  });

  it('asks renewable credentials anew after 401, once', async () => {
    let token = 'old';
    let asked = 0;
    const source: CredentialSource = {
      current: () =>
        Promise.resolve({ headers: { authorization: `Bearer ${token}` }, certificate: undefined, key: undefined }),
      refused: () => {
        asked += 1;
        token = 'new';
        return true;
      },
    };
    server.replies(byToken);
    expect(await clusterAt(server.url, {}, source).serverVersion(signal)).toBe('v1.35.4');
    server.replies(status(401));
    const failure = await failureOf(clusterAt(server.url, {}, source).serverVersion(signal));
    expect(failure.code).toBe('cluster-credentials');
    expect(asked).toBe(2);
  });

  it('takes 403 of RBAC as a missing permission and names verb and resource', async () => {
    const message = 'configmaps "web" is forbidden: User "x" cannot patch resource "configmaps"';
    const failure = await applyAnsweredBy(status(403, { reason: 'Forbidden', message }));
    expect(failure).toMatchObject({ code: 'cluster-forbidden' });
    expect(failure.message).toContain('patch configmaps');
    expect(failure.remedy).toContain('kubectl auth can-i patch configmaps');
  });

  it('takes 403 of an admission plugin as refused admission', async () => {
    const message = 'configmaps "web" is forbidden: exceeded quota: small';
    expect(await applyAnsweredBy(status(403, { reason: 'Forbidden', message }))).toMatchObject({
      code: 'admission-refused',
    });
  });

  it.each([400, 403, 422, 500])('takes a webhook that denies with %s as refused admission', async (code) => {
    const message = 'admission webhook "check.example" denied the request: not like this';
    const failure = await applyAnsweredBy(status(code, { reason: 'Forbidden', message }));
    expect(failure.code).toBe('admission-refused');
    expect(failure.message).toContain('not like this');
  });

  it('tells a webhook that is down from one that refuses', async () => {
    const message = 'Internal error occurred: failed calling webhook "check.example": failed to call webhook: timeout';
    const failure = await applyAnsweredBy(status(500, { reason: 'InternalError', message }));
    expect(failure).toMatchObject({ code: 'cluster-error', retry: 'now' });
    expect(failure.message).toContain('check.example');
  });

  it('tells by 404 whether the object, its namespace or its kind is missing', async () => {
    const cluster = clusterAt(server.url);
    const details = { name: 'web', kind: 'configmaps' };
    server.replies(coreKinds, status(404, { reason: 'NotFound', message: 'configmaps "web" not found', details }));
    expect(await cluster.get('v1', id, signal)).toBeUndefined();
    const namespace = { name: 'default', kind: 'namespaces' };
    server.replies(status(404, { reason: 'NotFound', message: 'namespaces "default" not found', details: namespace }));
    const missing = await failureOf(cluster.apply(object, {}, signal));
    expect(missing).toMatchObject({ code: 'object-not-found' });
    expect(missing.message).toContain('namespace default');
    server.replies(status(404, { reason: 'NotFound', message: 'the server could not find the requested resource' }));
    expect(await failureOf(cluster.get('v1', id, signal))).toMatchObject({ code: 'kind-missing' });
  });

  it('asks for the kinds anew once a kind turned out to be missing', async () => {
    const cluster = clusterAt(server.url);
    server.replies(coreKinds, (request, response) => {
      response.writeHead(404, { 'content-type': 'text/plain' }).end(`no ${request.url}`);
    });
    await failureOf(cluster.list('v1', 'ConfigMap', {}, signal));
    server.replies(coreKinds, json(200, { metadata: { resourceVersion: '1' }, items: [] }));
    expect((await cluster.list('v1', 'ConfigMap', {}, signal)).items).toEqual([]);
    expect(server.received.map((request) => request.url.split('?')[0])).toEqual([
      '/api/v1',
      '/api/v1/configmaps',
      '/api/v1',
      '/api/v1/configmaps',
    ]);
  });

  it('lists every field in conflict with its manager', async () => {
    const causes = [
      { reason: 'FieldManagerConflict', message: 'conflict with "helm" using v1', field: '.data.a' },
      {
        reason: 'FieldManagerConflict',
        message: 'conflict with "say \\"hi\\"" with subresource "status" using apps/v1 at 2026-01-01T00:00:00Z',
        field: '.spec.x',
      },
    ];
    const failure = await applyAnsweredBy(
      status(409, { reason: 'Conflict', message: 'Apply failed', details: { causes } }),
    );
    expect(failure).toBeInstanceOf(FieldConflictFailure);
    expect(failure).toMatchObject({
      code: 'field-conflict',
      retry: 'never',
      conflicts: [
        { manager: 'helm', field: '.data.a' },
        { manager: 'say "hi"', field: '.spec.x' },
      ],
    });
    expect(failure.message).toContain('.data.a (helm)');
  });

  it.each([
    ['object-changed', 'Conflict', 'the object has been modified; please apply your changes to the latest version'],
    ['object-changed', 'Conflict', 'Precondition failed: UID in precondition: a, UID in object meta: b'],
    ['object-conflict', 'AlreadyExists', 'configmaps "web" already exists'],
  ])('takes 409 as %s where the reason is %s: %s', async (code, reason, message) => {
    expect((await applyAnsweredBy(status(409, { reason, message }))).code).toBe(code);
  });

  it('takes an immutable uid as an object that was made anew', async () => {
    const details = { causes: [{ reason: 'FieldValueInvalid', message: 'immutable', field: 'metadata.uid' }] };
    expect((await applyAnsweredBy(status(422, { reason: 'Invalid', message: 'invalid', details }))).code).toBe(
      'object-changed',
    );
  });

  it('tells all causes of 422 with their fields', async () => {
    const causes = [
      { reason: 'FieldValueInvalid', message: 'Invalid value: 0: must be between 1 and 65535', field: 'spec.port' },
      { reason: 'FieldValueRequired', message: 'Required value', field: 'spec.name' },
    ];
    const failure = await applyAnsweredBy(status(422, { reason: 'Invalid', message: 'x', details: { causes } }));
    expect(failure).toMatchObject({ code: 'object-invalid', retry: 'never' });
    expect(failure.message).toContain('spec.port: Invalid value: 0: must be between 1 and 65535; spec.name: Required');
  });

  it('repeats nothing of what a Secret holds', async () => {
    const secret = { ...object, kind: 'Secret', stringData: { password: 'hunter2' } };
    const causes = [{ reason: 'FieldValueInvalid', message: 'Invalid value: "hunter2"', field: 'data.password' }];
    const answers = [
      status(422, { reason: 'Invalid', message: 'Secret "hunter2" is invalid', details: { causes } }),
      status(400, { reason: 'BadRequest', message: 'cannot parse hunter2' }),
      status(500, { reason: 'InternalError', message: 'hunter2' }),
      status(500, { message: 'failed to create typed patch object: hunter2' }),
      status(400, { message: 'admission webhook "w" denied the request: hunter2' }),
    ];
    for (const answer of answers) {
      const failure = await applyAnsweredBy(answer, secret);
      expect(`${failure.message} ${failure.remedy ?? ''}`).not.toContain('hunter2');
    }
  });

  it('takes a field that the schema does not declare as an invalid object, though the status is 500', async () => {
    const message = 'failed to create typed patch object (default/web): errors:\n  .a: field not declared in schema';
    const failure = await applyAnsweredBy(status(500, { message }));
    expect(failure).toMatchObject({ code: 'object-invalid', retry: 'never' });
    expect(failure.message).not.toContain('\n');
  });

  it.each([429, 503])('takes %s as busy and hands the wish for a pause on', async (code) => {
    expect(await applyAnsweredBy(status(code, {}, { 'retry-after': '7' }))).toMatchObject({
      code: 'cluster-busy',
      retry: 'now',
      retryAfterMs: 7000,
    });
    expect((await applyAnsweredBy(status(code, {}, { 'retry-after': 'soon' }))).retryAfterMs).toBeUndefined();
  });

  it.each([500, 502, 504])('takes %s as an error worth another try', async (code) => {
    expect(await applyAnsweredBy(status(code, { message: 'etcdserver: leader changed' }))).toMatchObject({
      code: 'cluster-error',
      retry: 'now',
    });
  });

  it.each([301, 405, 415])('takes %s as an error that no second try mends', async (code) => {
    expect(await applyAnsweredBy(status(code))).toMatchObject({ code: 'cluster-error', retry: 'never' });
  });
});

describe('lists', () => {
  it('begins again when the snapshot expires in the middle, and gives nothing twice', async () => {
    const expired = status(410, { reason: 'Expired', message: 'The provided continue parameter is too old' });
    server.replies(coreKinds, page(['a', 'b'], 'next'), expired, page(['a', 'b'], 'next'), page(['c'], ''));
    const list = await clusterAt(server.url, { pageSize: 2 }).list('v1', 'ConfigMap', {}, signal);
    expect(list.items.map((item) => item.metadata.name)).toEqual(['a', 'b', 'c']);
  });

  it('keeps of each object of every page what is to be kept', async () => {
    server.replies(coreKinds, page(['a'], 'next'), page(['b'], ''));
    const options = { keep: renamed };
    const list = await clusterAt(server.url).list('v1', 'ConfigMap', options, signal);
    expect(list.items.map(({ metadata }) => metadata)).toEqual([{ name: 'kept-a' }, { name: 'kept-b' }]);
  });

  it('gives up a list that expires again and again', async () => {
    server.replies(coreKinds, status(410, { reason: 'Expired' }));
    const failure = await failureOf(clusterAt(server.url).list('v1', 'ConfigMap', {}, signal));
    expect(failure).toMatchObject({ code: 'cluster-error', retry: 'now' });
    expect(server.received).toHaveLength(4);
  });

  it('fails where a later page fails, and never gives a shorter list', async () => {
    server.replies(coreKinds, page(['a'], 'next'), status(500, { message: 'broken' }));
    expect((await failureOf(clusterAt(server.url).list('v1', 'ConfigMap', {}, signal))).code).toBe('cluster-error');
  });

  it('sends selectors and namespace encoded', async () => {
    server.replies(coreKinds, page([], ''));
    const options = { namespace: 'a b/../x', labelSelector: 'a=b&limit=1', fieldSelector: 'x.y=z' };
    await clusterAt(server.url).list('v1', 'ConfigMap', options, signal);
    expect(server.received[1]?.url).toBe(
      '/api/v1/namespaces/a%20b%2F..%2Fx/configmaps?limit=500&labelSelector=a%3Db%26limit%3D1&fieldSelector=x.y%3Dz',
    );
  });

  it('refuses items that are no objects', async () => {
    server.replies(coreKinds, json(200, { metadata: {}, items: [7] }));
    expect((await failureOf(clusterAt(server.url).list('v1', 'ConfigMap', {}, signal))).code).toBe('cluster-error');
  });
});

describe('connections', () => {
  const version = json(200, { gitVersion: 'v1.35.4' });

  it('reports a port on which nothing listens', async () => {
    const { url } = server;
    await server.stop();
    const failure = await failureOf(clusterAt(url).serverVersion(signal));
    expect(failure).toMatchObject({ code: 'cluster-unreachable', retry: 'now' });
    expect(failure.message).toContain('refused');
  });

  it('reports a connection that is cut before the answer, and sends a write once only', async () => {
    const failure = await applyAnsweredBy((_request, _response, socket) => {
      socket.destroy();
    });
    expect(failure).toMatchObject({ code: 'cluster-unreachable', retry: 'now' });
    expect(server.received.filter((request) => request.method === 'PATCH')).toHaveLength(1);
  });

  it('reports an answer that is cut in the middle', async () => {
    const failure = await applyAnsweredBy((_request, response, socket) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
      response.write('{"apiVersion":');
      setTimeout(() => socket.destroy(), 20);
    });
    expect(failure).toMatchObject({ code: 'cluster-unreachable', retry: 'now' });
  });

  it('reads again where an idle connection turns out to be closed', async () => {
    const cluster = clusterAt(server.url);
    server.replies(
      version,
      (_request, _response, socket) => {
        socket.destroy();
      },
      version,
    );
    await cluster.serverVersion(signal);
    expect(await cluster.serverVersion(signal)).toBe('v1.35.4');
    expect(server.received).toHaveLength(3);
  });

  it('reuses its connections', async () => {
    const cluster = clusterAt(server.url);
    server.replies(version);
    for (let index = 0; index < 5; index += 1) {
      await cluster.serverVersion(signal);
    }
    expect(server.connections()).toBe(1);
  });

  it('opens no more than its limit, and serves what waits', async () => {
    const cluster = clusterAt(server.url, { connections: 4 });
    server.replies(version);
    await Promise.all(Array.from({ length: 40 }, () => cluster.serverVersion(signal)));
    expect(server.connections()).toBeLessThanOrEqual(4);
  });

  it.each([
    ['never answers', (): void => {}],
    [
      'stops in the middle of its answer',
      ((_request, response) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.write('{');
      }) satisfies Reply,
    ],
  ])('gives up a server that %s', async (_name, reply: Reply) => {
    const failure = await applyAnsweredBy(reply, object, { timeoutMs: 150 });
    expect(failure).toMatchObject({ code: 'cluster-unreachable', retry: 'now' });
    expect(failure.message).toContain('within 0.15 s');
  });

  it('stops at once when it is told to, with the reason it was given', async () => {
    const stop = new AbortController();
    const reason = new Error('enough');
    server.replies(coreKinds, () => {
      stop.abort(reason);
    });
    await expect(clusterAt(server.url).apply(object, {}, stop.signal)).rejects.toBe(reason);
    await expect(clusterAt(server.url).apply(object, {}, stop.signal)).rejects.toBe(reason);
  });

  it('refuses an answer beyond its bound without reading it whole', async () => {
    const failure = await applyAnsweredBy(json(200, { data: 'x'.repeat(100_000) }), object, { largestBody: 10_000 });
    expect(failure).toMatchObject({ code: 'cluster-error', retry: 'never' });
    expect(failure.message).toContain('larger');
  });

  it('reports JSON that does not parse as an error worth another try', async () => {
    const failure = await applyAnsweredBy((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"apiVersion":');
    });
    expect(failure).toMatchObject({ code: 'cluster-error', retry: 'now' });
  });

  it('notices that it speaks to something that is no API server', async () => {
    expect(await applyAnsweredBy(signInPage)).toMatchObject({ code: 'cluster-error', retry: 'never' });
    expect(await applyAnsweredBy(json(200, { some: 'thing' }))).toMatchObject({ code: 'cluster-error' });
    server.replies(json(404, {}));
    expect((await failureOf(clusterAt(server.url).serverVersion(signal))).code).toBe('cluster-error');
  });

  it('survives a Status that is no Status', async () => {
    expect((await applyAnsweredBy(json(500, 'words'))).code).toBe('cluster-error');
    expect((await applyAnsweredBy(json(409, { details: { causes: 7 } }))).code).toBe('object-changed');
    expect((await applyAnsweredBy(json(422, null))).code).toBe('object-invalid');
  });

  it('trusts no certificate but the one it was given', async () => {
    const other = await startScriptedServer();
    const stranger = new KubeCluster({
      description: 'test',
      server: new URL(other.url),
      ca: undefined,
      verifyCertificate: true,
      serverName: undefined,
      credentials: credentials(),
    });
    const failure = await failureOf(stranger.serverVersion(signal));
    expect(failure).toMatchObject({ code: 'cluster-unreachable', retry: 'later' });
    expect(failure.message).toContain('not trusted');
    expect(other.received).toEqual([]);
    stranger.close();
    await other.stop();
  });

  it('says so where the other side speaks no TLS', async () => {
    const failure = await failureOf(clusterAt(server.url.replace('https', 'http')).serverVersion(signal));
    expect(failure.code).toBe('cluster-unreachable');
  });
});

describe('requests', () => {
  it('applies with our manager, unforced and strict, and carries the fence in the object', async () => {
    server.replies(coreKinds, json(200, object));
    await clusterAt(server.url).apply(object, { uid: 'u1', resourceVersion: '5' }, signal);
    const sent = server.received[1];
    expect(sent?.url).toBe(
      '/api/v1/namespaces/default/configmaps/web?fieldManager=metalwave&fieldValidation=Strict&force=false',
    );
    expect(sent?.headers['content-type']).toBe('application/apply-patch+yaml');
    expect(JSON.parse(sent?.body ?? '')).toMatchObject({ metadata: { uid: 'u1', resourceVersion: '5' } });
  });

  it('marks a dry run as such', async () => {
    server.replies(coreKinds, json(200, object));
    await clusterAt(server.url).dryRunApply(object, {}, signal);
    expect(server.received[1]?.url).toMatch(/&dryRun=All$/u);
  });

  it('deletes only the very object, in the background', async () => {
    server.replies(coreKinds, json(200, { kind: 'Status', status: 'Success' }));
    await clusterAt(server.url).delete('v1', id, { uid: 'u1', resourceVersion: '5' }, signal);
    expect(JSON.parse(server.received[1]?.body ?? '')).toMatchObject({
      preconditions: { uid: 'u1', resourceVersion: '5' },
      propagationPolicy: 'Background',
    });
  });

  it('asks for the kinds of a group version once, until someone asks for the kind itself', async () => {
    const cluster = clusterAt(server.url);
    server.replies(coreKinds, json(200, object));
    await cluster.get('v1', id, signal);
    await cluster.get('v1', id, signal);
    expect(server.received.filter((request) => request.url === '/api/v1')).toHaveLength(1);
    server.replies(coreKinds);
    await cluster.findKind('v1', 'ConfigMap', signal);
    expect(server.received.filter((request) => request.url === '/api/v1')).toHaveLength(2);
  });

  it('keeps the base path of a server behind a proxy', async () => {
    server.replies(json(200, { gitVersion: 'v1.35.4' }));
    await clusterAt(`${server.url}/k8s/clusters/c-1/`).serverVersion(signal);
    expect(server.received[0]?.url).toBe('/k8s/clusters/c-1/version');
  });
});
