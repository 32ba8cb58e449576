import { expect } from 'vitest';
import type { ApiAnswer } from './api-client.ts';
import type { ContractCase } from './contract.ts';
import { at, definitionsPath } from './fixtures.ts';
import type { Fields } from './fixtures.ts';

function names(list: ApiAnswer): readonly unknown[] {
  const items = at(list, 'items');
  return Array.isArray(items) ? items.map((item: { readonly metadata: Fields }) => item.metadata['name']) : [];
}

/** Events of a watch that ended, one a line. */
function events(
  answer: ApiAnswer,
): readonly { readonly type: string; readonly object: { readonly metadata: Fields } }[] {
  return answer.text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { readonly type: string; readonly object: { readonly metadata: Fields } });
}

/** Lists, watches, discovery and access. */
export const readCases: readonly ContractCase[] = [
  [
    'a list is sorted by name and tells its version',
    async (s) => {
      await s.createThing('b', { size: 1 });
      await s.createThing('a', { size: 1 });
      const list = await s.get(s.things);
      expect([names(list), at(list, 'kind'), at(list, 'apiVersion')]).toEqual([
        ['a', 'b'],
        'ThingList',
        'test.metalwave.io/v1',
      ]);
      expect(at(list, 'metadata.resourceVersion')).toMatch(/^\d+$/u);
    },
  ],
  [
    'labels select',
    async (s) => {
      await s.createMap('a', {}, { labels: { app: 'x', tier: 'front' } });
      await s.createMap('b', {}, { labels: { app: 'y' } });
      const select = async (selector: string): Promise<readonly unknown[]> =>
        names(await s.get(`${s.maps}?labelSelector=${encodeURIComponent(selector)}`)).filter(
          (name) => name !== 'kube-root-ca.crt',
        );
      expect(await select('app=x')).toEqual(['a']);
      expect(await select('app!=x')).toEqual(['b']);
      expect(await select('app in (x, y)')).toEqual(['a', 'b']);
      expect(await select('app notin (x)')).toEqual(['b']);
      expect(await select('tier')).toEqual(['a']);
      expect(await select('!tier')).toEqual(['b']);
      expect(await select('app=x,tier=back')).toEqual([]);
    },
  ],
  [
    'a broken label selector is refused',
    async (s) => {
      const refused = await s.get(`${s.maps}?labelSelector=${encodeURIComponent('a===')}`);
      expect([refused.code, at(refused, 'reason')]).toEqual([400, 'BadRequest']);
    },
  ],
  [
    'the name selects',
    async (s) => {
      await s.createMap('a', {});
      await s.createMap('b', {});
      expect(names(await s.get(`${s.maps}?fieldSelector=metadata.name%3Db`))).toEqual(['b']);
    },
  ],
  [
    'pages follow one another to the end',
    async (s) => {
      for (const name of ['a', 'b', 'c']) {
        await s.createThing(name, { size: 1 });
      }
      const first = await s.get(`${s.things}?limit=2`);
      expect([names(first), at(first, 'metadata.remainingItemCount')]).toEqual([['a', 'b'], 1]);
      const token = encodeURIComponent(String(at(first, 'metadata.continue')));
      const second = await s.get(`${s.things}?limit=2&continue=${token}`);
      expect(names(second)).toEqual(['c']);
      expect(at(second, 'metadata.continue') ?? '').toBe('');
    },
  ],
  [
    'a list over all namespaces names them',
    async (s) => {
      await s.createThing('a', { size: 1 });
      const list = await s.get('/apis/test.metalwave.io/v1/things');
      const items = at(list, 'items') as readonly { readonly metadata: Fields }[];
      expect(items.some(({ metadata }) => metadata['namespace'] === s.namespace && metadata['name'] === 'a')).toBe(
        true,
      );
    },
  ],
  [
    'a watch goes on from where a list stood',
    async (s) => {
      const from = String(at(await s.get(s.things), 'metadata.resourceVersion'));
      const watch = s.get(`${s.things}?watch=true&resourceVersion=${from}&timeoutSeconds=2`);
      await s.createThing('a', { size: 1 });
      await s.merge(`${s.things}/a`, { spec: { size: 2 } });
      await s.call('DELETE', `${s.things}/a`);
      const seen = events(await watch);
      expect(seen.map(({ type }) => type)).toEqual(['ADDED', 'MODIFIED', 'DELETED']);
      const versions = seen.map(({ object }) => Number(object.metadata['resourceVersion']));
      expect(versions.toSorted((left, right) => left - right)).toEqual(versions);
    },
  ],
  [
    'a watch sees what happened since its version',
    async (s) => {
      const from = String(at(await s.get(s.things), 'metadata.resourceVersion'));
      await s.createThing('a', { size: 1 });
      const seen = events(await s.get(`${s.things}?watch=true&resourceVersion=${from}&timeoutSeconds=1`));
      expect(seen.map(({ type }) => type)).toEqual(['ADDED']);
    },
  ],
  [
    'a watch without a version begins with what is there',
    async (s) => {
      await s.createThing('a', { size: 1 });
      const seen = events(await s.get(`${s.things}?watch=true&timeoutSeconds=1`));
      expect(seen.map(({ type, object }) => [type, object.metadata['name']])).toEqual([['ADDED', 'a']]);
    },
  ],
  [
    'a selective watch sees objects come and go',
    async (s) => {
      const from = String(at(await s.get(s.maps), 'metadata.resourceVersion'));
      await s.createMap('a', {}, { labels: { app: 'x' } });
      await s.merge(`${s.maps}/a`, { metadata: { labels: { app: 'y' } } });
      const query = `watch=true&labelSelector=app%3Dx&resourceVersion=${from}&timeoutSeconds=1`;
      expect(events(await s.get(`${s.maps}?${query}`)).map(({ type }) => type)).toEqual(['ADDED', 'DELETED']);
    },
  ],
  [
    'a watch with initial events marks their end',
    async (s) => {
      await s.createThing('a', { size: 1 });
      const query =
        'watch=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true&timeoutSeconds=1';
      const [first, second] = events(await s.get(`${s.things}?${query}`));
      expect([first?.type, second?.type]).toEqual(['ADDED', 'BOOKMARK']);
      expect(second?.object.metadata['annotations']).toEqual({ 'k8s.io/initial-events-end': 'true' });
    },
  ],
  [
    'an established definition says so',
    async (s) => {
      const definition = await s.get(`${definitionsPath}/things.test.metalwave.io`);
      const conditions = at(definition, 'status.conditions') as readonly Fields[];
      const states = new Map(conditions.map((one) => [one['type'], one['status']]));
      expect(states).toEqual(
        new Map([
          ['Established', 'True'],
          ['NamesAccepted', 'True'],
        ]),
      );
      expect(at(definition, 'spec.names')).toEqual({
        kind: 'Thing',
        listKind: 'ThingList',
        plural: 'things',
        singular: 'thing',
      });
      expect(at(definition, 'spec.conversion')).toEqual({ strategy: 'None' });
      expect(at(definition, 'status.storedVersions')).toEqual(['v1']);
    },
  ],
  [
    'discovery lists what is served',
    async (s) => {
      const resources = at(await s.get('/apis/test.metalwave.io/v1'), 'resources') as readonly Fields[];
      const things = resources.filter((one) => one['kind'] === 'Thing');
      expect(things.map((one) => [one['name'], one['kind'], one['namespaced']])).toEqual([
        ['things', 'Thing', true],
        ['things/status', 'Thing', true],
      ]);
      expect(at(await s.get('/version'), 'gitVersion')).toMatch(/^v1\.35\./u);
      expect(at(await s.get('/apis/test.metalwave.io'), 'preferredVersion.version')).toBe('v1');
    },
  ],
  [
    'a new namespace is active and named by a label',
    async (s) => {
      const namespace = await s.get(`/api/v1/namespaces/${s.namespace}`);
      expect(at(namespace, 'status')).toEqual({ phase: 'Active' });
      expect(at(namespace, 'metadata.labels')).toEqual({ 'kubernetes.io/metadata.name': s.namespace });
      expect(at(namespace, 'spec.finalizers')).toEqual(['kubernetes']);
    },
  ],
  [
    'the server is ready',
    async (s) => {
      expect((await s.get('/readyz')).text).toBe('ok');
    },
  ],
  [
    'a wrong token is refused',
    async (s) => {
      const refused = await s.client.call({ method: 'GET', path: s.maps, token: 'wrong' });
      expect([refused.code, at(refused, 'reason'), at(refused, 'message')]).toEqual([
        401,
        'Unauthorized',
        'Unauthorized',
      ]);
    },
  ],
  [
    'a table is printed for who asks for one',
    async (s) => {
      await s.createMap('a', { x: '1' });
      const accept = 'application/json;as=Table;v=v1;g=meta.k8s.io';
      const table = await s.client.call({ method: 'GET', path: `${s.maps}/a`, accept });
      expect([at(table, 'kind'), at(table, 'rows.0.cells.0'), at(table, 'rows.0.cells.1')]).toEqual(['Table', 'a', 1]);
    },
  ],
  [
    'a Service gets a cluster address and what goes with its type',
    async (s) => {
      const spec = { type: 'LoadBalancer', ports: [{ port: 80 }] };
      const made = await s.call('POST', `/api/v1/namespaces/${s.namespace}/services`, {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 'web' },
        spec,
      });
      expect(at(made, 'spec')).toMatchObject({
        type: 'LoadBalancer',
        allocateLoadBalancerNodePorts: true,
        externalTrafficPolicy: 'Cluster',
        internalTrafficPolicy: 'Cluster',
        ipFamilies: ['IPv4'],
        ipFamilyPolicy: 'SingleStack',
        sessionAffinity: 'None',
        ports: [{ port: 80, protocol: 'TCP', targetPort: 80 }],
      });
      expect(at(made, 'spec.clusterIPs.0')).toBe(at(made, 'spec.clusterIP'));
      expect(at(made, 'status')).toEqual({ loadBalancer: {} });
    },
  ],
  [
    'a Deployment gets its defaults',
    async (s) => {
      const containers = [{ name: 'web', image: 'nginx:1', ports: [{ containerPort: 80 }] }];
      const made = await s.call('POST', `/apis/apps/v1/namespaces/${s.namespace}/deployments`, {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: 'web' },
        spec: {
          selector: { matchLabels: { a: 'b' } },
          template: { metadata: { labels: { a: 'b' } }, spec: { containers } },
        },
      });
      expect(at(made, 'spec')).toEqual({
        replicas: 1,
        revisionHistoryLimit: 10,
        progressDeadlineSeconds: 600,
        selector: { matchLabels: { a: 'b' } },
        strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } },
        template: {
          metadata: { labels: { a: 'b' } },
          spec: {
            containers: [
              {
                name: 'web',
                image: 'nginx:1',
                imagePullPolicy: 'IfNotPresent',
                ports: [{ containerPort: 80, protocol: 'TCP' }],
                resources: {},
                terminationMessagePath: '/dev/termination-log',
                terminationMessagePolicy: 'File',
              },
            ],
            dnsPolicy: 'ClusterFirst',
            restartPolicy: 'Always',
            schedulerName: 'default-scheduler',
            securityContext: {},
            terminationGracePeriodSeconds: 30,
          },
        },
      });
    },
  ],
  [
    'a Secret keeps texts as base64',
    async (s) => {
      const made = await s.call('POST', `/api/v1/namespaces/${s.namespace}/secrets`, {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name: 'a' },
        stringData: { x: 'text' },
      });
      expect([at(made, 'data'), at(made, 'type'), at(made, 'stringData')]).toEqual([
        { x: 'dGV4dA==' },
        'Opaque',
        undefined,
      ]);
    },
  ],
];
