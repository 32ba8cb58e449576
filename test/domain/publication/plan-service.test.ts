import { describe, expect, it } from 'vitest';
import { formatAddress, type IpAddress } from '../../../src/domain/address/ip-address.ts';
import { parseAddress } from '../../../src/domain/address/parse-address.ts';
import type { Decision } from '../../../src/domain/allocation/native/decision.ts';
import type { Claim } from '../../../src/domain/claims/claim.ts';
import type { Json } from '../../../src/domain/json.ts';
import type { KubeObject } from '../../../src/domain/manifest/kube-object.ts';
import { planService, type ServicePlan } from '../../../src/domain/publication/plan-service.ts';
import { serviceRecord } from '../../../src/domain/publication/service-record.ts';

const now = Date.parse('2026-01-02T03:04:05Z');

function ip(text: string): IpAddress {
  const read = parseAddress(text);
  if (!read.ok) {
    throw new Error(`no address: ${text}`);
  }
  return read.value;
}

interface Given {
  readonly ingress?: Json;
  readonly pool?: string;
  readonly conditions?: Json;
  readonly type?: string;
}

/** A Service at version 7. */
function web({ ingress, pool, conditions, type = 'LoadBalancer' }: Given = {}): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name: 'web',
      namespace: 'default',
      uid: 'u',
      resourceVersion: '7',
      annotations: pool === undefined ? {} : { 'metallb.io/ip-allocated-from-pool': pool },
    },
    spec: { type, clusterIPs: ['10.96.0.1'], ports: [{ port: 80 }] },
    status: {
      loadBalancer: ingress === undefined ? {} : { ingress },
      ...(conditions === undefined ? {} : { conditions }),
    },
  };
}

function decided(wanted: readonly string[], more: Partial<Decision> = {}): Decision {
  return {
    uid: 'u',
    key: 'default/web',
    wanted: wanted.map((text) => ip(text)),
    pool: wanted.length === 0 ? undefined : 'a',
    taken: undefined,
    refused: undefined,
    lacking: undefined,
    considered: [],
    events: [],
    ...more,
  };
}

function claimed(text: string, ticket: string): Claim {
  return { address: ip(text), uid: 'u', ticket, service: 'default/web' };
}

function plan(given: Given, decision: Decision, ...stored: readonly Claim[]): ServicePlan {
  return planService(serviceRecord(web(given)), decision, stored, now);
}

/** It waits, and a pool that was considered has that many addresses in use. */
function waitingBeside(used: number): Decision {
  const considered = [{ pool: 'b', why: `${used} of its 9 addresses are in use` }];
  return decided([], { refused: 'it is not so', considered });
}

const held = { ingress: [{ ip: '192.0.2.1' }], pool: 'a' };

describe('what is to be done for a Service', () => {
  it('is to claim by the version that was seen, and to write addresses and pool in one', () => {
    const { claims, publication } = plan({}, decided(['192.0.2.1']));
    expect(claims).toEqual([claimed('192.0.2.1', '7')]);
    expect(publication).toMatchObject({
      annotations: { 'metallb.io/ip-allocated-from-pool': 'a' },
      status: { loadBalancer: { ingress: [{ ip: '192.0.2.1' }] } },
    });
  });

  it('is nothing where it holds what is decided, whatever the order, and a claim of whatever age stands', () => {
    const { claims, publication, releases } = plan(held, decided(['192.0.2.1']), claimed('192.0.2.1', '3'));
    expect([claims, publication, releases]).toEqual([[], undefined, []]);
    const dual = { ingress: [{ ip: 'fd00::1' }, { ip: '192.0.2.1' }], pool: 'a' };
    expect(plan(dual, decided(['192.0.2.1', 'fd00::1'])).publication).toBeUndefined();
  });

  it('is to claim again by the present version where an earlier claim was never published', () => {
    expect(plan({}, decided(['192.0.2.1']), claimed('192.0.2.1', '3')).claims).toEqual([claimed('192.0.2.1', '7')]);
    expect(plan({}, decided(['192.0.2.1']), claimed('192.0.2.1', '7')).claims).toEqual([]);
  });

  it('leaves what is said of an address that stays, and other conditions, as they are', () => {
    const other = { type: 'Other', status: 'True' };
    const ours = {
      type: 'metalwave.io/AddressAssigned',
      status: 'False',
      reason: 'NoAddress',
      message: 'No address: x',
    };
    const given = { ingress: [{ ip: '192.0.2.1', ipMode: 'VIP' }], pool: 'a', conditions: [other, ours] };
    expect(plan(given, decided(['192.0.2.1', 'fd00::1'])).publication?.status).toEqual({
      loadBalancer: { ingress: [{ ip: '192.0.2.1', ipMode: 'VIP' }, { ip: 'fd00::1' }] },
      conditions: [other],
    });
  });

  it('is to clear what it may not keep, with the reason, and to give the claim back only after that', () => {
    const none = decided([], { refused: 'there is no pool for it', considered: [{ pool: 'b', why: 'it is full' }] });
    const { publication, releases, isReleasedLater } = plan(held, none, claimed('192.0.2.1', '3'));
    expect(publication).toMatchObject({
      annotations: { 'metallb.io/ip-allocated-from-pool': null },
      status: {
        loadBalancer: { ingress: null },
        conditions: [
          {
            type: 'metalwave.io/AddressAssigned',
            status: 'False',
            reason: 'NoAddress',
            message: 'No address: there is no pool for it. Pools considered: b (it is full)',
            lastTransitionTime: '2026-01-02T03:04:05Z',
          },
        ],
      },
    });
    expect(publication?.lost.map((address) => formatAddress(address))).toEqual(['192.0.2.1']);
    expect([releases, isReleasedLater]).toEqual([[], true]);
  });

  it('is to give back at once what is claimed by an earlier version and not published', () => {
    const { publication, releases } = plan(
      held,
      decided(['192.0.2.1']),
      claimed('192.0.2.1', '3'),
      claimed('192.0.2.2', '5'),
    );
    expect(publication).toBeUndefined();
    expect(releases.map(({ address }) => formatAddress(address))).toEqual(['192.0.2.2']);
  });

  it('is to make a new version of it before what is claimed by the present one is given back', () => {
    const { publication, releases, isReleasedLater } = plan(held, decided(['192.0.2.1']), claimed('192.0.2.2', '7'));
    expect([releases, isReleasedLater]).toEqual([[], true]);
    expect(publication?.status).toMatchObject({
      conditions: [{ status: 'True', message: 'What was claimed at version 7 is given back: 192.0.2.2.' }],
    });
    const again = { ...held, conditions: publication?.status['conditions'] ?? [] };
    expect(plan(again, decided(['192.0.2.1']), claimed('192.0.2.1', '3')).publication).toBeUndefined();
  });

  it('writes no waiting Service that says the same already, and reads its reason back', () => {
    const none = decided([], { refused: 'no free address is left', considered: [{ pool: 'b', why: 'it is full' }] });
    const first = plan({}, none).publication?.status['conditions'] ?? [];
    expect(plan({ conditions: first }, none).publication).toBeUndefined();
    const other = { ...none, refused: 'no pool is for this Service' };
    expect(plan({ conditions: first }, other).publication).toBeDefined();
  });

  it('writes no waiting Service for a pool of which only more is in use than before', () => {
    const first = plan({}, waitingBeside(3)).publication?.status['conditions'] ?? [];
    expect(plan({ conditions: first }, waitingBeside(4)).publication).toBeUndefined();
  });

  it('tells why a wish is not met while the address is kept', () => {
    const kept = decided(['192.0.2.1'], { refused: '192.0.2.9 is in no pool' });
    expect(plan(held, kept, claimed('192.0.2.1', '3')).publication?.status).toMatchObject({
      conditions: [{ status: 'True', reason: 'AddressKept', message: 'Not as asked: 192.0.2.9 is in no pool' }],
    });
  });

  it('replaces a host name that somebody wrote, and leaves a Service of another type alone', () => {
    const foreign = { ingress: [{ hostname: 'lb.example.com' }] };
    expect(plan(foreign, decided(['192.0.2.1'])).publication?.status).toEqual({
      loadBalancer: { ingress: [{ ip: '192.0.2.1' }] },
    });
    expect(plan({ type: 'ClusterIP', pool: 'a' }, decided([])).publication).toBeUndefined();
  });
});
