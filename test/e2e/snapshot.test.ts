import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applyUpstreamCrds } from '../plane/metallb.ts';
import { type Plane, planeUnavailable, readAudit, startPlane } from '../plane/plane.ts';
import { Road } from '../road/road.ts';

const reason = planeUnavailable();

function pool(addresses: string): object {
  return {
    apiVersion: 'metallb.io/v1beta1',
    kind: 'IPAddressPool',
    metadata: { name: 'one', namespace: 'metallb-system' },
    spec: { addresses: [addresses] },
  };
}

describe.skipIf(reason !== undefined)(`a snapshot with the rights it asks for ${reason ?? ''}`.trim(), () => {
  let plane: Plane;
  let road: Road;

  beforeAll(async () => {
    plane = await startPlane({ nodes: 1 });
    await applyUpstreamCrds(plane, '0.15.2');
    await plane.kubectl('create', 'namespace', 'metallb-system');
    await plane.kubectl('create', 'secret', 'generic', 'hidden', '--from-literal=key=no-business-of-a-snapshot');
    await plane.kubectl('create', 'serviceaccount', 'reader', '-n', 'default');
    await plane.kubectlApply(pool('10.40.0.0/30'));
    const token = await plane.kubectl('create', 'token', 'reader', '-n', 'default');
    road = new Road(plane.kubeconfigFor(token.trim()));
  });
  afterAll(async () => {
    road.close();
    await plane.stop();
  });

  it('names the right that is missing', async () => {
    const { code, out, err } = await road.run('snapshot');
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/do not allow to list namespaces, services, .*ipaddresspools\.metallb\.io/u);
  });

  it('is taken with exactly the printed ClusterRole, and a plan goes on from it', async () => {
    const role = await road.run('snapshot', '--role');
    expect(role.code).toBe(0);
    const file = join(plane.folder, 'role.yaml');
    writeFileSync(file, role.out);
    await plane.kubectl('apply', '-f', file);
    const bound = ['--clusterrole=metalwave-snapshot', '--serviceaccount=default:reader'];
    await plane.kubectl('create', 'clusterrolebinding', 'snapshot', ...bound);
    const snapshot = await road.run('snapshot');
    expect({ code: snapshot.code, err: snapshot.code === 0 ? '' : snapshot.err }).toEqual({ code: 0, err: '' });
    expect(snapshot.out).toContain('10.40.0.0/30');
    expect(snapshot.out).not.toContain('no-business');
    const live = join(plane.folder, 'cluster.json');
    writeFileSync(live, snapshot.out);
    const wanted = join(plane.folder, 'wanted.yaml');
    writeFileSync(wanted, JSON.stringify(pool('10.40.0.0/31')));
    const planned = await road.run('plan', '-f', wanted, '--live', live, '--metallb-version', '0.15.2');
    expect({ code: planned.code, err: planned.code === 0 ? '' : planned.err }).toEqual({ code: 0, err: '' });
    expect(planned.out).toContain('10.40.0.2');
  });

  it('asks the server for lists alone, and for no Secret', () => {
    const asked = readAudit(plane).filter(({ user }) => user.username === 'system:serviceaccount:default:reader');
    const paths = asked.map(({ requestURI }) => requestURI);
    expect(paths.length).toBeGreaterThan(0);
    expect(paths.filter((path) => path.includes('secrets'))).toEqual([]);
    expect([...new Set(asked.map(({ verb }) => verb))].filter((verb) => verb !== 'get')).toEqual(['list']);
  });
});
