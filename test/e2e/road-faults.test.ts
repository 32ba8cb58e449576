import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Plane, planeUnavailable, startPlane } from '../plane/plane.ts';
import { configPath } from '../road/config-repository.ts';
import { eventsOf } from '../road/program.ts';
import { Road } from '../road/road.ts';

const reason = planeUnavailable();
const dev = configPath('dev');

function config(more: readonly string[] = [], sync: readonly string[] = []): Readonly<Record<string, string>> {
  const pool = ['  ipAddressPool:', '    - name: default', '      addresses:', '        - 192.168.1.220-192.168.1.250'];
  return { [dev]: [...sync, 'metallb:', ...pool, ...more, ''].join('\n') };
}

/** Refuses every change of a pool while nobody answers at its Service. */
const deadWebhook = {
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: 'ValidatingWebhookConfiguration',
  metadata: { name: 'dead' },
  webhooks: [
    {
      name: 'pools.dead.example.com',
      failurePolicy: 'Fail',
      sideEffects: 'None',
      timeoutSeconds: 1,
      admissionReviewVersions: ['v1'],
      clientConfig: { service: { name: 'dead', namespace: 'default', path: '/' } },
      rules: [
        {
          apiGroups: ['metallb.io'],
          apiVersions: ['v1beta1'],
          operations: ['CREATE', 'UPDATE'],
          resources: ['ipaddresspools'],
        },
      ],
    },
  ],
};

describe.skipIf(reason !== undefined)(`what stops a sync on the real control plane ${reason ?? ''}`.trim(), () => {
  let plane: Plane;
  let road: Road;
  beforeAll(async () => {
    plane = await startPlane({ nodes: 1 });
    road = new Road(plane.kubeconfig, config());
    expect(await road.run('sync', '--env', 'dev')).toMatchObject({ code: 0 });
  });
  afterAll(async () => {
    road.close();
    await plane.stop();
  });

  /** The world is the same after as before. */
  async function unmoved<T>(work: () => Promise<T>): Promise<T> {
    const before = await road.state.versions();
    const result = await work();
    expect(await road.state.versions()).toEqual(before);
    return result;
  }

  it('is a token that nobody knows, which is not shown', async () => {
    const kubeconfig = plane.kubeconfigFor('very-wrong-token');
    for (const verb of ['plan', 'sync', 'status', 'diff']) {
      const { code, out, err } = await unmoved(() => road.run(verb, '--env', 'dev', '--kubeconfig', kubeconfig));
      expect({ verb, code }).toEqual({ verb, code: 2 });
      expect(err).toContain('does not accept the credentials');
      expect(out + err).not.toContain('very-wrong-token');
    }
  });

  it('is a user without rights: verb and resource are named', async () => {
    const kubeconfig = plane.kubeconfigFor(plane.powerlessToken);
    const { code, err } = await unmoved(() => road.run('sync', '--env', 'dev', '--kubeconfig', kubeconfig));
    expect(code).toBe(2);
    expect(err).toMatch(/do not allow to (list|get) /u);
    expect(err).toContain('kubectl auth can-i');
  });

  it('is a user who may read but not write: what is written ahead is refused, so no object is touched', async () => {
    await plane.kubectl('create', 'clusterrolebinding', 'reader', '--clusterrole=view', '--user=powerless');
    await plane.kubectl('create', 'clusterrole', 'read-all', '--verb=get,list', '--resource=*.*');
    await plane.kubectl('create', 'clusterrolebinding', 'read-all', '--clusterrole=read-all', '--user=powerless');
    road.repository.commit(config(['      avoidBuggyIPs: true']));
    const kubeconfig = plane.kubeconfigFor(plane.powerlessToken);
    const { code, err } = await unmoved(() => road.run('sync', '--env', 'dev', '--kubeconfig', kubeconfig));
    expect(code).not.toBe(0);
    expect(err).toMatch(/do not allow to patch /u);
    road.repository.commit(config());
  });

  it('is a field that another manager holds at another value: both are named and nothing is written', async () => {
    const path = ['apply', '--server-side', '--field-manager=someone', '--force-conflicts', '-f'];
    const file = join(plane.folder, 'pool.json');
    const metadata = { name: 'default', namespace: 'metallb-system' };
    const spec = { addresses: ['192.168.1.220-192.168.1.250'], autoAssign: false };
    writeFileSync(file, JSON.stringify({ apiVersion: 'metallb.io/v1beta1', kind: 'IPAddressPool', metadata, spec }));
    await plane.kubectl(...path, file);
    road.repository.commit(config(['      autoAssign: true']));
    const { code, err } = await unmoved(() => road.run('sync', '--env', 'dev'));
    expect(code).toBe(1);
    expect(err).toContain('IPAddressPool metallb-system/default .spec.autoAssign belongs to someone');
    expect(err).toContain('nothing was written');
    const plan = await road.run('plan', '--env', 'dev', '--detailed-exitcode');
    expect(plan.out).toContain('spec.autoAssign is owned by someone');
    road.repository.commit(config(['      autoAssign: false']));
    expect(await road.run('sync', '--env', 'dev')).toMatchObject({ code: 0 });
  });

  it('is a webhook that nobody answers for; once it is gone the sync goes on', async () => {
    await plane.kubectlApply(deadWebhook);
    const grown = config([
      '      autoAssign: false',
      '    - name: second',
      '      addresses:',
      '        - 10.9.9.0/28',
    ]);
    road.repository.commit(grown);
    const stopped = await road.run('sync', '--env', 'dev', '-o', 'jsonl', '--retry-limit', '0');
    expect(stopped.code).toBe(1);
    const last = eventsOf(stopped).at(-1);
    expect(last).toMatchObject({ type: 'run-finished', outcome: 'failed', failure: { code: 'cluster-error' } });
    expect(stopped.out).toContain('does not reach the webhook pools.dead.example.com');
    expect(eventsOf(stopped).filter((event) => event.type === 'object-retried').length).toBeGreaterThan(0);
    await plane.kubectl('delete', 'validatingwebhookconfiguration', 'dead');
    expect(await road.run('sync', '--env', 'dev')).toMatchObject({ code: 0 });
    const { entries } = await road.state.inventory('dev');
    expect([...entries.values()].filter(({ state }) => state !== 'applied')).toEqual([]);
  });

  it('is a wave that does not become healthy in time: it names the object, since when, and what is known about it', async () => {
    const nowhere = ['  speaker:', '    nodeSelector:', '      nowhere: "true"'];
    const selector = (await plane.kubectl('get', 'nodes', '-o', 'name')).trim();
    expect(selector).not.toBe('');
    road.repository.commit(
      config(['      autoAssign: false', '  controller:', ...nowhere.slice(1)], ['sync:', '  waveTimeout: 4s']),
    );
    const stopped = await road.run('sync', '--env', 'dev');
    expect(stopped.code).toBe(1);
    expect(stopped.err).toMatch(/wave 10 stopped at controller: not healthy within 4 s/u);
    expect(stopped.err).toMatch(/Deployment metallb-system\/controller: .* \(for \d+\.\d s\)/u);
    expect(stopped.err).toMatch(/Unschedulable|FailedScheduling|didn't match/u);
    expect(stopped.err).not.toContain('Wave 70');
    const status = await road.run('status', '--env', 'dev');
    expect(status.code).toBe(1);
    expect(status.out).toMatch(/dev\s+\S+\s+(Progressing|Degraded)/u);
    road.repository.commit(config(['      autoAssign: false']));
    expect(await road.run('sync', '--env', 'dev')).toMatchObject({ code: 0 });
  });

  it('is Ctrl-C: it ends at once with 130, says what stands, and the next run goes on', async () => {
    const nowhere = ['  controller:', '    nodeSelector:', '      nowhere: "true"'];
    road.repository.commit(config(['      autoAssign: false', ...nowhere]));
    const program = road.start(['sync', '--env', 'dev']);
    await expect.poll(() => program.said(), { timeout: 60_000 }).toContain('controller: waiting for');
    const asked = performance.now();
    program.kill('SIGINT');
    const { code, err } = await program.ended;
    expect(code).toBe(130);
    expect(performance.now() - asked).toBeLessThan(5_000);
    expect(err).toMatch(/Sync interrupted \(\d+ objects? written/u);
    expect(err).toContain('What is applied stays as it is');
    const { entries } = await road.state.inventory('dev');
    expect([...entries.values()].filter(({ state }) => state !== 'applied')).toEqual([]);
    road.repository.commit(config(['      autoAssign: false']));
    expect(await road.run('sync', '--env', 'dev')).toMatchObject({ code: 0 });
  });
});
