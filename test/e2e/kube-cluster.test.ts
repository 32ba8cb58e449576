import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KubeCluster } from '../../src/adapters/kube/kube-cluster.ts';
import { findAccess } from '../../src/adapters/kube/find-access.ts';
import { FieldConflictFailure } from '../../src/domain/failure.ts';
import { type Json, valueAt } from '../../src/domain/json.ts';
import { asJson, type KubeObject } from '../../src/domain/manifest/kube-object.ts';
import { objectIdOf } from '../../src/domain/manifest/object-id.ts';
import { clusterWatchContract } from '../contracts/cluster-watch/run-contract.ts';
import { objectReplacerContract } from '../contracts/object-replacer/run-contract.ts';
import { type Plane, planeUnavailable, readAudit, startPlane } from '../plane/plane.ts';

const reason = planeUnavailable();
const { signal } = new AbortController();

function configMap(name: string, data: { readonly [key: string]: string }, namespace = 'default'): KubeObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace, labels: { test: 'kube' } }, data };
}

function crd(plural: string, kind: string): KubeObject {
  const schema = {
    type: 'object',
    properties: {
      spec: { type: 'object', properties: { size: { type: 'integer', minimum: 1 }, color: { type: 'string' } } },
    },
  };
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.test.example` },
    spec: {
      group: 'test.example',
      scope: 'Namespaced',
      names: { plural, kind, singular: kind.toLowerCase(), listKind: `${kind}List` },
      versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: schema } }],
    },
  };
}

function eventAbout(name: string, involved: string): Json {
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name, namespace: 'default' },
    involvedObject: { apiVersion: 'v1', kind: 'ConfigMap', name: involved, namespace: 'default' },
    reason: 'Tested',
    message: 'for a test',
  };
}

async function failureOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => {
      throw new Error('it succeeded');
    },
    (error: unknown) => error,
  );
}

describe.skipIf(reason !== undefined)(`KubeCluster on the real API server ${reason ?? ''}`.trim(), () => {
  let plane: Plane;
  let cluster: KubeCluster;

  function clusterAs(token: string, pageSize = 500): KubeCluster {
    const kubeconfig = plane.kubeconfigFor(token);
    return new KubeCluster(findAccess({ kubeconfig, context: undefined, inCluster: false, env: {} }), { pageSize });
  }

  beforeAll(async () => {
    plane = await startPlane();
    cluster = clusterAs(plane.adminToken);
  });
  afterAll(async () => {
    cluster.close();
    await plane.stop();
  });

  it('tells the version of the server', async () => {
    expect(await cluster.serverVersion(signal)).toBe('v1.35.4');
  });

  it('finds kinds of the core and of other groups, and tells absent ones apart', async () => {
    expect(await cluster.findKind('v1', 'Service', signal)).toMatchObject({ resource: 'services', namespaced: true });
    expect(await cluster.findKind('v1', 'Namespace', signal)).toMatchObject({ namespaced: false });
    expect(await cluster.findKind('apps/v1', 'Deployment', signal)).toMatchObject({ group: 'apps', version: 'v1' });
    expect(await cluster.findKind('v1', 'Servicex', signal)).toBeUndefined();
    expect(await cluster.findKind('absent.example/v1', 'Thing', signal)).toBeUndefined();
  });

  it('creates by apply, and a second apply of the same changes nothing', async () => {
    const first = await cluster.apply(configMap('same', { a: '1' }), {}, signal);
    const second = await cluster.apply(configMap('same', { a: '1' }), {}, signal);
    expect(second.metadata.resourceVersion).toBe(first.metadata.resourceVersion);
    expect(first.metadata.managedFields?.map((entry) => entry.manager)).toEqual(['metalwave']);
  });

  it('shows by dry run what an apply would leave and changes nothing', async () => {
    const id = objectIdOf(configMap('dry', {}));
    const outcome = await cluster.dryRunApply(configMap('dry', { a: '1' }), {}, signal);
    expect(outcome['data']).toEqual({ a: '1' });
    expect(await cluster.get('v1', id, signal)).toBeUndefined();
  });

  it('keeps fields of built-in kinds and letters of names as they are', async () => {
    await plane.kubectl('create', 'clusterrole', 'Upper:Case', '--verb=get', '--resource=pods');
    const id = { group: 'rbac.authorization.k8s.io', kind: 'ClusterRole', namespace: '', name: 'Upper:Case' };
    const role = await cluster.get('rbac.authorization.k8s.io/v1', id, signal);
    expect(role?.metadata.name).toBe('Upper:Case');
  });

  it('names the manager and the field of a conflict and overwrites nothing', async () => {
    await cluster.apply(configMap('fought', { mine: '1' }), {}, signal);
    const patch = JSON.stringify({ data: { mine: '2' } });
    await plane.kubectl('patch', 'configmap', 'fought', '--field-manager=some "one"', '-p', patch);
    const failure = await failureOf(cluster.apply(configMap('fought', { mine: '1' }), {}, signal));
    expect(failure).toBeInstanceOf(FieldConflictFailure);
    expect(failure).toMatchObject({
      code: 'field-conflict',
      conflicts: [{ manager: 'some "one"', field: '.data.mine' }],
    });
    const live = await cluster.get('v1', objectIdOf(configMap('fought', {})), signal);
    expect(live?.['data']).toEqual({ mine: '2' });
  });

  it('does not write to an object that was made anew, though it has the same name', async () => {
    const old = await cluster.apply(configMap('anew', { a: '1' }), {}, signal);
    const { uid = '' } = old.metadata;
    await cluster.delete('v1', objectIdOf(old), { uid }, signal);
    const gone = await failureOf(cluster.apply(configMap('anew', { a: '2' }), { uid }, signal));
    expect(gone).toMatchObject({ code: 'object-changed' });
    await plane.kubectl('create', 'configmap', 'anew');
    const replaced = await failureOf(cluster.apply(configMap('anew', { a: '2' }), { uid }, signal));
    expect(replaced).toMatchObject({ code: 'object-changed' });
    expect(await failureOf(cluster.delete('v1', objectIdOf(old), { uid }, signal))).toMatchObject({
      code: 'object-changed',
    });
  });

  it('does not write over a change that was made after the object was read', async () => {
    const read = await cluster.apply(configMap('raced', { a: '1' }), {}, signal);
    await plane.kubectl('annotate', 'configmap', 'raced', 'other=1');
    const { uid = '', resourceVersion = '' } = read.metadata;
    const fence = { uid, resourceVersion };
    expect(await failureOf(cluster.apply(configMap('raced', { a: '2' }), fence, signal))).toMatchObject({
      code: 'object-changed',
    });
    expect(await failureOf(cluster.delete('v1', objectIdOf(read), fence, signal))).toMatchObject({
      code: 'object-changed',
    });
  });

  it('takes an object that is already gone as deleted', async () => {
    const made = await cluster.apply(configMap('gone', {}), {}, signal);
    const { uid = '' } = made.metadata;
    await cluster.delete('v1', objectIdOf(made), { uid }, signal);
    await cluster.delete('v1', objectIdOf(made), { uid }, signal);
    expect(await cluster.get('v1', objectIdOf(made), signal)).toBeUndefined();
  });

  it('refuses unknown fields by name', async () => {
    const object = { ...configMap('strict', {}), unknownField: 1 };
    const failure = await failureOf(cluster.apply(object, {}, signal));
    expect(failure).toMatchObject({ code: 'object-invalid', retry: 'never' });
    expect(String(failure)).toContain('unknownField');
  });

  it('tells all that the server finds invalid, with its fields', async () => {
    const object = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'bad', namespace: 'default' },
      spec: { ports: [{ port: 0 }], type: 'Nonsense' },
    };
    const failure = await failureOf(cluster.apply(object, {}, signal));
    expect(failure).toMatchObject({ code: 'object-invalid' });
    expect(String(failure)).toContain('spec.ports[0].port');
    expect(String(failure)).toContain('spec.type');
  });

  it('says that the namespace is missing, not the object', async () => {
    const failure = await failureOf(cluster.apply(configMap('x', {}, 'nowhere'), {}, signal));
    expect(failure).toMatchObject({ code: 'object-not-found' });
    expect(String(failure)).toContain('namespace nowhere');
  });

  it('serves a kind whose CRD has just been made, and notices when it is gone', async () => {
    const thing = { apiVersion: 'test.example/v1', kind: 'Thing', metadata: { name: 'a', namespace: 'default' } };
    expect(await failureOf(cluster.list('test.example/v1', 'Thing', {}, signal))).toMatchObject({
      code: 'kind-missing',
    });
    const definition = await cluster.apply(crd('things', 'Thing'), {}, signal);
    await plane.kubectl('wait', '--for=condition=Established', 'crd/things.test.example', '--timeout=30s');
    await expect
      .poll(() => cluster.findKind('test.example/v1', 'Thing', signal), { timeout: 20_000 })
      .toMatchObject({ resource: 'things', namespaced: true });
    const made = await cluster.apply({ ...thing, spec: { size: 2 } }, {}, signal);
    expect(valueAt(asJson(made), 'spec')).toEqual({ size: 2 });
    const unknown = await failureOf(cluster.apply({ ...thing, spec: { sise: 2 } }, {}, signal));
    expect(unknown).toMatchObject({ code: 'object-invalid' });
    expect(String(unknown)).toContain('sise');
    const small = await failureOf(cluster.apply({ ...thing, spec: { size: 0 } }, {}, signal));
    expect(small).toMatchObject({ code: 'object-invalid' });
    expect(String(small)).toContain('spec.size');
    const { uid = '' } = definition.metadata;
    await cluster.delete('apiextensions.k8s.io/v1', objectIdOf(definition), { uid }, signal);
    await expect.poll(() => cluster.findKind('test.example/v1', 'Thing', signal), { timeout: 30_000 }).toBeUndefined();
    expect(await failureOf(cluster.get('test.example/v1', objectIdOf(made), signal))).toMatchObject({
      code: 'kind-missing',
    });
  });

  it('follows pages to the end', async () => {
    for (const name of ['p1', 'p2', 'p3', 'p4', 'p5']) {
      await cluster.apply(configMap(name, {}, 'kube-public'), {}, signal);
    }
    const paged = clusterAs(plane.adminToken, 2);
    const list = await paged.list('v1', 'ConfigMap', { namespace: 'kube-public', labelSelector: 'test=kube' }, signal);
    expect(list.items.map((item) => item.metadata.name)).toEqual(['p1', 'p2', 'p3', 'p4', 'p5']);
    expect(list.items[0]).toMatchObject({ apiVersion: 'v1', kind: 'ConfigMap' });
    expect(list.resourceVersion).toMatch(/^\d+$/u);
    paged.close();
  });

  it('reads the Kubernetes Events of one object by field selector', async () => {
    await plane.kubectlApply(eventAbout('one', 'same'), eventAbout('two', 'other'));
    const fieldSelector = 'involvedObject.kind=ConfigMap,involvedObject.name=same';
    const list = await cluster.list('v1', 'Event', { namespace: 'default', fieldSelector }, signal);
    expect(list.items.map((item) => item.metadata.name)).toEqual(['one']);
  });

  it('says which permission is missing, and to whom the credentials mean nothing', async () => {
    const powerless = clusterAs(plane.powerlessToken);
    const failure = await failureOf(powerless.list('apps/v1', 'Deployment', {}, signal));
    expect(failure).toMatchObject({ code: 'cluster-forbidden' });
    expect(String(failure)).toContain('list deployments.apps');
    const stranger = await failureOf(clusterAs('not-a-token').list('v1', 'Secret', {}, signal));
    expect(stranger).toMatchObject({ code: 'cluster-credentials' });
    expect(String(stranger)).not.toContain('not-a-token');
  });

  it('tells what an admission policy refuses from a missing permission', async () => {
    const policy = { apiVersion: 'admissionregistration.k8s.io/v1', metadata: { name: 'no-forbidden-label' } };
    const resourceRules = [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['configmaps'] }];
    const expression = '!has(object.data) || !("forbidden" in object.data)';
    await plane.kubectlApply(
      {
        ...policy,
        kind: 'ValidatingAdmissionPolicy',
        spec: { matchConstraints: { resourceRules }, validations: [{ expression, message: 'no such key here' }] },
      },
      {
        ...policy,
        kind: 'ValidatingAdmissionPolicyBinding',
        spec: { policyName: 'no-forbidden-label', validationActions: ['Deny'] },
      },
    );
    const object = configMap('refused', { forbidden: 'yes' });
    const attempt = (): Promise<unknown> => cluster.dryRunApply(object, {}, signal).catch((error: unknown) => error);
    await expect.poll(attempt, { timeout: 30_000 }).toMatchObject({ code: 'admission-refused' });
    expect(String(await attempt())).toContain('no such key here');
  });

  it('names the webhook that the server cannot reach', async () => {
    const clientConfig = { url: 'https://127.0.0.1:1/deny' };
    const rules = [{ apiGroups: [''], apiVersions: ['v1'], operations: ['*'], resources: ['endpoints'] }];
    await plane.kubectlApply({
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingWebhookConfiguration',
      metadata: { name: 'dead' },
      webhooks: [
        { name: 'dead.test.example', clientConfig, rules, sideEffects: 'None', admissionReviewVersions: ['v1'] },
      ],
    });
    const object = { apiVersion: 'v1', kind: 'Endpoints', metadata: { name: 'hooked', namespace: 'default' } };
    const attempt = (): Promise<unknown> => cluster.apply(object, {}, signal).catch((error: unknown) => error);
    await expect.poll(attempt, { timeout: 30_000 }).toMatchObject({ code: 'cluster-error', retry: 'now' });
    expect(String(await attempt())).toContain('dead.test.example');
  });

  it('carries a thousand objects over its connections and lists them whole', async () => {
    const objects = Array.from({ length: 1000 }, (_, index) => configMap(`many-${index}`, { n: String(index) }));
    const label = { ...objects[0]?.metadata.labels, many: 'yes' };
    await Promise.all(
      objects.map((object) =>
        cluster.apply({ ...object, metadata: { ...object.metadata, labels: label } }, {}, signal),
      ),
    );
    const list = await cluster.list('v1', 'ConfigMap', { labelSelector: 'many=yes' }, signal);
    expect(new Set(list.items.map((item) => item.metadata.name)).size).toBe(1000);
    await Promise.all(
      list.items.map((item) => cluster.delete('v1', objectIdOf(item), { uid: item.metadata.uid ?? '' }, signal)),
    );
    expect((await cluster.list('v1', 'ConfigMap', { labelSelector: 'many=yes' }, signal)).items).toEqual([]);
  });

  describe('objects written whole', () => {
    objectReplacerContract(() => plane.kubeconfig);
  });

  describe('following objects', () => {
    clusterWatchContract(async () => {
      const { server, adminToken, ca } = plane;
      const restart = async (): Promise<void> => plane.restartApiServer();
      return { server, token: adminToken, certificate: await readFile(ca, 'utf8'), restart };
    }, true);
  });

  it('gives up a server that is frozen, and goes on when it thaws', async () => {
    const access = findAccess({ kubeconfig: plane.kubeconfig, context: undefined, inCluster: false, env: {} });
    const impatient = new KubeCluster(access, { timeoutMs: 500 });
    await impatient.serverVersion(signal);
    plane.apiServer.signal('SIGSTOP');
    try {
      // The signal takes a moment to reach every thread.
      await expect
        .poll(() => impatient.serverVersion(signal).catch((error: unknown) => error), { timeout: 20_000 })
        .toMatchObject({ code: 'cluster-unreachable', retry: 'now' });
    } finally {
      plane.apiServer.signal('SIGCONT');
    }
    await expect
      .poll(() => impatient.serverVersion(signal).catch(() => 'not yet'), { timeout: 20_000 })
      .toBe('v1.35.4');
    impatient.close();
  });

  it('reports a server that is away, and goes on when it is back', async () => {
    await cluster.serverVersion(signal);
    const stopped = plane.apiServer.stop();
    await stopped;
    expect(await failureOf(cluster.serverVersion(signal))).toMatchObject({ code: 'cluster-unreachable', retry: 'now' });
    await plane.restartApiServer();
    expect(await cluster.serverVersion(signal)).toBe('v1.35.4');
  });

  it('writes as metalwave only, and each write once', () => {
    const writes = readAudit(plane).filter((record) => record.userAgent === 'metalwave' && record.verb === 'patch');
    expect(writes.length).toBeGreaterThan(1000);
    for (const { requestURI } of writes) {
      const query = new URL(requestURI, 'https://server').searchParams;
      expect([query.get('fieldManager'), query.get('force')]).toEqual(['metalwave', 'false']);
    }
  });
});
