import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { monitoringCrds } from '../plane/build.ts';
import { type AuditRecord, type Plane, planeUnavailable, readAudit, startPlane } from '../plane/plane.ts';
import { configPath } from '../road/config-repository.ts';
import { eventsOf } from '../road/program.ts';
import { isOurWrite, ourWrites, Road, targetOf } from '../road/road.ts';

const reason = planeUnavailable();

/** What a published schema has against a document; nothing where it fits. */
function violations(schema: string, document: unknown): unknown {
  const text = readFileSync(new URL(`../../schemas/${schema}`, import.meta.url), 'utf8');
  const ajv = new Ajv({ strict: false, allErrors: true });
  const validate = ajv.compile(JSON.parse(text) as object);
  return validate(document) ? [] : validate.errors;
}

function lastLine(text: string): string {
  return text.trimEnd().split('\n').at(-1) ?? '';
}

/** The step of wave 10 or 70 that an object belongs to, by its resource. */
const stepOfResource: { readonly [resource: string]: number } = {
  namespaces: 1,
  customresourcedefinitions: 2,
  serviceaccounts: 3,
  configmaps: 3,
  clusterroles: 3,
  clusterrolebindings: 3,
  roles: 3,
  rolebindings: 3,
  deployments: 4,
  daemonsets: 5,
  ipaddresspools: 6,
  l2advertisements: 7,
  services: 8,
  servicemonitors: 8,
  prometheusrules: 9,
};

/** What a sync writes for itself: its lock, its history, its inventory. */
const stateTarget = /^(?:configmaps|leases) metalwave-system\//u;

function isState({ objectRef }: AuditRecord): boolean {
  return objectRef?.namespace === 'metalwave-system' || objectRef?.name === 'metalwave-system';
}

describe.skipIf(reason !== undefined)(`the road on the real control plane ${reason ?? ''}`.trim(), () => {
  let plane: Plane;
  let road: Road;
  let prod: string;

  async function writesOf(work: () => Promise<unknown>): Promise<readonly string[]> {
    const before = (await ourWrites(plane)).length;
    await work();
    return (await ourWrites(plane)).slice(before).map((record) => targetOf(record));
  }

  beforeAll(async () => {
    plane = await startPlane({ nodes: 2 });
    road = new Road(plane.kubeconfig);
    prod = readFileSync(join(road.repository.folder, configPath('prod')), 'utf8');
  });
  afterAll(async () => {
    road.close();
    await plane.stop();
  });

  it.each([
    ['a working tree', (): readonly string[] => []],
    ['a branch of it', (): readonly string[] => ['--revision', 'main']],
    ['a file URL', (): readonly string[] => ['--config-repo', road.repository.url]],
  ])('validates %s', async (_, where) => {
    const { code, out, err } = await road.run('validate', ...where());
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('dev, prod: no findings');
  });

  it('renders the same bytes twice', async () => {
    const [first, second] = [await road.run('render', '--env', 'prod'), await road.run('render', '--env', 'prod')];
    expect(first).toMatchObject({ code: 0, err: '' });
    expect(first.out).toContain('192.168.1.240-192.168.1.248');
    expect(second.out).toBe(first.out);
  });

  it('plans a first sync and changes nothing by it', async () => {
    const writes = await writesOf(async () => {
      const text = await road.run('plan', '--env', 'prod', '--detailed-exitcode');
      expect(text).toMatchObject({ code: 2, err: '' });
      expect(lastLine(text.out)).toMatch(/^Plan: \d+ to add, 0 to change, 0 to destroy\.$/u);
      const json = await road.run('plan', '--env', 'prod', '-o', 'json');
      expect(json.code).toBe(0);
      expect(violations('plan.schema.json', JSON.parse(json.out))).toEqual([]);
      const status = await road.run('status', '--env', 'prod');
      expect(status.code).toBe(1);
      expect(status.out).toContain('OutOfSync');
    });
    expect(writes).toEqual([]);
  });

  it('syncs for the first time through all waves, and says why it leaves monitoring out', async () => {
    const ended = await road.run('sync', '--env', 'prod');
    expect(ended).toMatchObject({ code: 0, out: '' });
    expect(ended.err).toMatch(/wave 10 is healthy[^]*Wave 70 monitoring/u);
    expect(ended.err).toMatch(/ServiceMonitor metallb-system\/metallb-speaker: skipped, .*does not serve/u);
    expect(ended.err).toContain('Sync complete: everything is applied and healthy');
    expect(ended.err).not.toContain('trying again');
  });

  it('kept to the order of the waves, one step after the other', async () => {
    const steps = (await ourWrites(plane))
      .filter((record) => !isState(record))
      .map(({ objectRef }) => stepOfResource[objectRef?.resource ?? ''] ?? 0);
    expect(steps).toEqual(steps.toSorted((left, right) => left - right));
    expect(new Set(steps)).toEqual(new Set([1, 2, 3, 4, 5, 6, 7, 8]));
  });

  it('wrote no pool before controller and speakers ran, and no object before the inventory knew of it', async () => {
    const records = readAudit(plane);
    const first = (resource: string): number =>
      records.findIndex((record) => isOurWrite(record) && record.objectRef?.resource === resource && !isState(record));
    const ready = records.flatMap(({ objectRef, userAgent }, index) =>
      objectRef?.resource === 'pods' &&
      objectRef.subresource === 'status' &&
      objectRef.namespace === 'metallb-system' &&
      userAgent?.startsWith('kwok') === true
        ? [{ index, name: objectRef.name ?? '' }]
        : [],
    );
    expect(new Set(ready.map(({ name }) => name.split('-')[0]))).toEqual(new Set(['controller', 'speaker']));
    expect(new Set(ready.map(({ name }) => name)).size).toBe(3);
    // A pod's status may be written again later; what counts is that each ran once before.
    const firstRun = new Map(ready.toReversed().map(({ name, index }) => [name, index]));
    expect(Math.max(...firstRun.values())).toBeLessThan(first('ipaddresspools'));
    const inventory = records.findIndex((record) => isOurWrite(record) && record.objectRef?.name === 'inventory-prod');
    expect(inventory).toBeGreaterThanOrEqual(0);
    expect(inventory).toBeLessThan(first('namespaces'));
  });

  it('left every object confirmed in the inventory with the uid it has', async () => {
    const { entries, revision } = await road.state.inventory('prod');
    const objects = await road.state.objects();
    expect(revision).toMatch(/^[0-9a-f]{40}$/u);
    expect(entries.size).toBe((await road.state.ours()).size - 1);
    for (const [key, { uid, state }] of entries) {
      expect({ key, state, uid }).toEqual({ key, state: 'applied', uid: objects.get(key)?.metadata.uid });
    }
  });

  it('writes nothing the second time, and finds all in order', async () => {
    const writes = await writesOf(async () => {
      const ended = await road.run('sync', '--env', 'prod');
      expect(ended.code).toBe(0);
      expect(ended.err).toContain('0 to add, 0 to change');
    });
    expect(writes).toEqual([]);
    const status = await road.run('status', '--env', 'prod');
    expect(status.out).toMatch(/prod\s+Synced\s+Healthy/u);
    expect(status.code).toBe(0);
    expect(await road.run('diff', '--env', 'prod', '--exit-code')).toMatchObject({ code: 0, out: 'No differences.\n' });
    const plan = await road.run('plan', '--env', 'prod', '--detailed-exitcode');
    expect(plan.code).toBe(0);
    expect(plan.out).toContain('No changes.');
  });

  it('applies wave 70 once the Prometheus operator is there', async () => {
    await plane.kubectl('apply', '--server-side', '-f', await monitoringCrds());
    await plane.kubectl('wait', '--for=condition=Established', 'crd', '--all', '--timeout=60s');
    const writes = await writesOf(async () => {
      const ended = await road.run('sync', '--env', 'prod', '-o', 'jsonl');
      expect(ended).toMatchObject({ code: 0, err: '' });
      const events = eventsOf(ended);
      expect(events.map((event) => violations('run-events.schema.json', event))).toEqual(events.map(() => []));
      expect(events.at(-1)).toMatchObject({ type: 'run-finished', outcome: 'healthy', applied: 3 });
    });
    expect(writes.filter((target) => !stateTarget.test(target)).toSorted()).toEqual([
      'prometheusrules metallb-system/metallb-prometheus-rules',
      'servicemonitors metallb-system/metallb-controller',
      'servicemonitors metallb-system/metallb-speaker',
    ]);
  });

  it('plans a grown pool and a further advertisement, and then syncs exactly these', async () => {
    const grown = prod
      .replace('192.168.1.240-192.168.1.248', '192.168.1.230-192.168.1.248')
      .replace(
        '  controller:\n',
        '    - name: reserved-only\n      ipAddressPools:\n        - reserved\n\n  controller:\n',
      );
    const commit = road.repository.commit({ [configPath('prod')]: grown });
    const { code, out } = await road.run('plan', '--env', 'prod', '--detailed-exitcode');
    expect(code).toBe(2);
    expect(out).toContain(commit);
    expect(out).toContain('~ update IPAddressPool metallb-system/default');
    expect(out).toMatch(/spec\.addresses[^\n]*(\n[^\n]*)?192\.168\.1\.240-192\.168\.1\.248/u);
    expect(out).toMatch(/192\.168\.1\.230-192\.168\.1\.248/u);
    expect(out).toContain('+ create L2Advertisement metallb-system/reserved-only');
    expect(lastLine(out)).toBe('Plan: 1 to add, 1 to change, 0 to destroy.');
    expect((await road.run('diff', '--env', 'prod', '--exit-code')).code).toBe(1);
    const writes = await writesOf(async () => {
      expect((await road.run('sync', '--env', 'prod')).code).toBe(0);
    });
    expect(writes.filter((target) => !stateTarget.test(target))).toEqual([
      'ipaddresspools metallb-system/default',
      'l2advertisements metallb-system/reserved-only',
    ]);
    const path = 'jsonpath={.spec.addresses}';
    expect(await plane.kubectl('get', 'ipaddresspool', 'default', '-n', 'metallb-system', '-o', path)).toBe(
      '["192.168.1.230-192.168.1.248"]',
    );
    expect((await road.state.inventory('prod')).revision).toBe(commit);
  });

  it('plans a change that was never committed, and syncs it only when told to', async () => {
    const path = join(road.repository.folder, configPath('dev'));
    const dev = readFileSync(path, 'utf8');
    road.repository.write({ [configPath('dev')]: `${dev}\n# not committed\n` });
    try {
      const plan = await road.run('plan', '--env', 'dev', '-o', 'json');
      expect(JSON.parse(plan.out)).toMatchObject({
        revision: expect.stringMatching(/^[0-9a-f]{40}\+dirty$/u) as string,
      });
      const refused = await road.run('sync', '--env', 'dev');
      expect(refused.code).toBe(2);
      expect(refused.err).toContain('--allow-dirty');
    } finally {
      road.repository.write({ [configPath('dev')]: dev });
    }
  });

  it('makes good what was deleted by hand, and touches nothing else', async () => {
    await plane.kubectl('delete', 'l2advertisement', 'reserved-only', '-n', 'metallb-system');
    const status = await road.run('status', '--env', 'prod');
    expect(status.code).toBe(1);
    expect(status.out).toMatch(/OutOfSync Missing\s+L2Advertisement metallb-system\/reserved-only/u);
    const writes = await writesOf(async () => {
      expect((await road.run('sync', '--env', 'prod', '-q')).code).toBe(0);
    });
    expect(writes.filter((target) => !stateTarget.test(target))).toEqual([
      'l2advertisements metallb-system/reserved-only',
    ]);
    expect((await road.run('status', '--env', 'prod')).code).toBe(0);
  });

  it('plans on a file of live objects as it does on the cluster, which it does not need then', async () => {
    const kinds =
      'ns,nodes,endpointslices,crd,clusterrole,clusterrolebinding,role,rolebinding,sa,cm,svc,deploy,ds,ipaddresspool';
    const more = 'l2advertisement,bgpadvertisement,bgppeer,bfdprofile,community,servicemonitor,prometheusrule';
    const list = await plane.kubectl('get', `${kinds},${more}`, '-A', '-o', 'json', '--show-managed-fields');
    const file = join(plane.folder, 'live.json');
    writeFileSync(file, list);
    const offline = ['--live', file, '--kubeconfig', join(plane.folder, 'absent')];
    const same = await road.run('plan', '--env', 'prod', ...offline);
    expect(same).toMatchObject({ code: 0, err: '' });
    expect(same.out).toContain('No changes.');
    const shrunk = prod.replace('192.168.1.240-192.168.1.248', '192.168.1.245-192.168.1.248');
    road.repository.commit({ [configPath('prod')]: shrunk });
    const json = async (...where: readonly string[]): Promise<unknown> => {
      const { code, out } = await road.run('plan', '--env', 'prod', '-o', 'json', '--detailed-exitcode', ...where);
      expect(code).toBe(2);
      return JSON.parse(out);
    };
    expect(await json(...offline)).toEqual(await json());
  });
});
