import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { expositionText } from '../../../src/domain/metrics/exposition.ts';
import { Failure } from '../../../src/domain/failure.ts';
import { listAt, textAt } from '../../../src/domain/json.ts';
import { asJson } from '../../../src/domain/manifest/kube-object.ts';
import { Scene, serviceWrites, writes } from './controllers.ts';

function failure(code: Failure['code'], retry: Failure['retry'] = 'now'): Failure {
  return new Failure({ code, retry, message: `the fault ${code}` });
}

function metric(text: string): RegExp {
  return new RegExp(`^${text}$`, 'mu');
}

describe('the controller', () => {
  let scene: Scene;
  beforeEach(() => {
    scene = new Scene();
  });
  afterEach(async () => {
    await scene.stopAll();
    expect(scene.cluster.doubled).toEqual([]);
  });

  function condition(name: string): string | undefined {
    const service = scene.cluster.services().find(({ metadata }) => metadata.name === name);
    return textAt(listAt(service && asJson(service), 'status', 'conditions')[0], 'message');
  }

  it('claims an address before it publishes it, and tells of it in one event', async () => {
    scene.pool('a', '192.0.2.0/30');
    scene.service('web');
    const { reach } = scene.start();
    await scene.until(() => reach.sent.some(({ target }) => target.startsWith('Event/')));
    expect(scene.held()).toEqual(['web=192.0.2.0']);
    expect(scene.claimed()).toEqual(['c0000200/00']);
    expect(writes(reach).filter((write) => /ConfigMap|Service/u.test(write))).toEqual([
      'create ConfigMap/metallb-system/metalwave-claims-c0000200',
      'status Service/default/web',
    ]);
  });

  it('writes nothing when it starts again, and nothing for an edit that changes nothing', async () => {
    scene.pool('a', '192.0.2.0/28');
    scene.services(10);
    const first = scene.start();
    await scene.until(() => scene.held().length === 10);
    await scene.clock.pass(5_000);
    await first.stop();
    const second = scene.start();
    await scene.clock.pass(5_000);
    const [any] = scene.cluster.services();
    if (any !== undefined) {
      scene.cluster.put({ ...any, metadata: { ...any.metadata, labels: { some: 'label' } } });
    }
    await scene.clock.pass(5_000);
    expect(writes(second.reach)).toEqual([]);
    expect(second.reach.sent.filter(({ target }) => target.startsWith('Event/'))).toEqual([]);
    expect(expositionText(second.controller.metrics())).toMatch(
      metric('metallb_allocator_addresses_in_use_total\\{pool="a"\\} 10'),
    );
  });

  it('claims what Services hold already in one write a block, and writes no Service', async () => {
    scene.pool('a', '192.0.2.0/28');
    scene.service('kept', { holds: '192.0.2.3' });
    scene.service('other', { holds: '192.0.2.9' });
    const { reach } = scene.start();
    await scene.clock.pass(3_000);
    expect(scene.claimed()).toEqual(['c0000200/03', 'c0000200/09']);
    expect(serviceWrites(reach)).toEqual([]);
    expect(writes(reach).filter((write) => write.includes('ConfigMap'))).toHaveLength(1);
  });

  it('says why a Service waits, and serves it as soon as an address is given back', async () => {
    scene.pool('a', '192.0.2.1/32');
    scene.service('first');
    const { reach } = scene.start();
    await scene.until(() => scene.held().length === 1);
    scene.service('second');
    await scene.until(() => condition('second') !== undefined);
    expect(condition('second')).toBe(
      'No address: no free IPv4 address is left for it in pool a. Pools considered: a (1 of its 1 IPv4 addresses are in use)',
    );
    await scene.clock.pass(60_000);
    expect(serviceWrites(reach)).toHaveLength(2);
    scene.removeFirst();
    await scene.until(() => scene.held().includes('second=192.0.2.1'));
    expect(condition('second')).toBeUndefined();
    await scene.until(() => scene.claimed().length === 1);
  });

  it('gives the claims of a deleted Service back, also of one that was deleted while nobody was there', async () => {
    scene.pool('a', '192.0.2.0/28');
    scene.services(3);
    const first = scene.start();
    await scene.until(() => scene.held().length === 3);
    scene.removeFirst();
    await scene.until(() => scene.claimed().length === 2);
    await first.stop();
    scene.removeFirst();
    scene.start();
    await scene.until(() => scene.claimed().length === 1);
    expect(scene.held()).toEqual(['s002=192.0.2.2']);
  });

  it('publishes the new address in the write that takes the old one away', async () => {
    const pool = scene.pool('a', '192.0.2.0/28');
    scene.service('web');
    const { reach } = scene.start();
    await scene.until(() => scene.held().length === 1);
    const before = serviceWrites(reach).length;
    scene.cluster.put({ ...pool, spec: { addresses: ['198.51.100.0/28'] } });
    await scene.until(() => scene.held()[0] === 'web=198.51.100.0');
    expect(serviceWrites(reach)).toHaveLength(before + 1);
    await scene.until(() => scene.claimed().length === 1);
    expect(scene.claimed()).toEqual(['c6336400/00']);
  });

  it('keeps every status and gives nothing while the first configuration it sees is refused', async () => {
    scene.pool('a', '192.0.2.0/28');
    scene.pool('b', '192.0.2.4/32');
    scene.service('old', { holds: '192.0.2.3' });
    scene.service('new');
    const { reach, controller, said } = scene.start();
    await scene.clock.pass(10_000);
    expect(scene.held()).toEqual(['old=192.0.2.3']);
    expect(serviceWrites(reach)).toEqual([]);
    const text = expositionText(controller.metrics());
    expect(text).toMatch(metric('metallb_k8s_client_config_loaded_bool 0'));
    expect(text).toMatch(metric('metallb_k8s_client_config_stale_bool 1'));
    expect(said.join('\n')).toContain('pools a and b both hold 192.0.2.4');
    scene.pool('b', '198.51.100.0/32');
    await scene.until(() => scene.held().length === 2);
    expect(expositionText(controller.metrics())).toMatch(metric('metallb_k8s_client_config_stale_bool 0'));
  });

  it('goes on with the last good pools where a later configuration is refused', async () => {
    const pool = scene.pool('a', '192.0.2.0/28');
    const { controller } = scene.start();
    await scene.clock.pass(1_000);
    scene.cluster.put({ ...pool, spec: { addresses: [] } });
    await scene.clock.pass(2_000);
    scene.service('late');
    await scene.until(() => scene.held().length === 1);
    const text = expositionText(controller.metrics());
    expect(text).toMatch(metric('metallb_k8s_client_config_loaded_bool 1'));
    expect(text).toMatch(metric('metallb_k8s_client_config_stale_bool 1'));
    scene.cluster.put({ ...pool, spec: { addresses: ['192.0.2.0/28'] } });
    await scene.clock.pass(2_000);
    expect(expositionText(controller.metrics())).toMatch(metric('metallb_k8s_client_config_stale_bool 0'));
  });

  it.each([
    ['is refused for good', failure('object-invalid', 'never'), 12],
    ['always has another version', failure('object-changed', 'later'), 40],
    ['fails on the server', failure('cluster-error'), 40],
  ])('serves all others at once while one Service %s, and asks for it ever more rarely', async (_, fault, most) => {
    scene.pool('a', '192.0.2.0/24');
    scene.services(20);
    const reach = scene.cluster.reach();
    reach.before = ({ verb, target }) => {
      if (verb === 'status' && target === 'Service/default/s005') {
        throw fault;
      }
    };
    scene.start({}, reach);
    const begun = scene.clock.monotonic();
    await scene.until(() => scene.held().length === 19);
    expect(scene.clock.monotonic() - begun).toBeLessThan(1_000);
    await scene.clock.pass(300_000);
    const asked = serviceWrites(reach).filter((target) => target.endsWith('s005')).length;
    expect(asked).toBeGreaterThan(1);
    expect(asked).toBeLessThan(most);
    reach.before = () => undefined;
    await scene.until(() => scene.held().length === 20);
  });

  it('finishes what it had claimed when it died before it published', async () => {
    scene.pool('a', '192.0.2.0/28');
    scene.services(3);
    const dying = scene.cluster.reach();
    dying.before = ({ verb }) => {
      if (verb === 'status') {
        throw failure('cluster-unreachable');
      }
    };
    const first = scene.start({}, dying);
    await scene.until(() => scene.claimed().length === 3);
    await first.stop();
    const second = scene.start();
    await scene.until(() => scene.held().length === 3);
    expect(writes(second.reach).filter((write) => write.includes('ConfigMap'))).toEqual([]);
  });

  it('gives back what was claimed and is not wanted any more, with a write that stops whoever may still publish it', async () => {
    const pool = scene.pool('a', '192.0.2.0/32');
    scene.service('web');
    const dying = scene.cluster.reach();
    dying.before = ({ verb }) => {
      if (verb === 'status') {
        throw failure('cluster-unreachable');
      }
    };
    const first = scene.start({}, dying);
    await scene.until(() => scene.claimed().length === 1);
    await first.stop();
    scene.cluster.put({ ...pool, spec: { addresses: ['198.51.100.0/32'] } });
    scene.service('other', { annotations: { 'metallb.io/loadBalancerIPs': '198.51.100.0' } });
    scene.start();
    await scene.until(() => scene.held().length === 1 && scene.claimed().join() === 'c6336400/00');
  });
});
