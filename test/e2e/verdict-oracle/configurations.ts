import * as fc from 'fast-check';
import { isJsonObject, type JsonObject } from '../../../src/domain/json.ts';

/** Objects of MetalLB's API that make up one configuration. */
export interface Configuration {
  readonly title: string;
  readonly objects: readonly JsonObject[];
}

/** `one` now and then, else nothing. */
function seldom<T>(one: fc.Arbitrary<T>, weight = 1): fc.Arbitrary<T | undefined> {
  return fc.oneof(
    { weight: 80, arbitrary: fc.constant(undefined) },
    { weight: Math.round(weight * 10), arbitrary: one },
  );
}

function mostly<T>(usual: readonly T[], odd: readonly T[]): fc.Arbitrary<T> {
  return fc.oneof(
    { weight: 60, arbitrary: fc.constantFrom(...usual) },
    { weight: 1, arbitrary: fc.constantFrom(...odd) },
  );
}

function object(kind: string, name: string, spec: Readonly<Record<string, unknown>>): JsonObject {
  // Keys without a value go away, as in a file that does not have them.
  return JSON.parse(JSON.stringify({ kind, metadata: { name }, spec })) as JsonObject;
}

const entry = (pool: number): fc.Arbitrary<string> =>
  mostly(
    [
      `10.${String(pool)}.0.0/24`,
      `10.${String(pool)}.1.0/30`,
      `10.${String(pool)}.2.10-10.${String(pool)}.2.20`,
      `10.${String(pool)}.3.1 - 10.${String(pool)}.3.9`,
      `10.${String(pool)}.4.5/27`,
      `fd00:${String(pool)}::/64`,
      `fd00:${String(pool)}:1::5-fd00:${String(pool)}:1::ff`,
    ],
    ['10.9.0.0/33', '10.9.0.9', '10.9.0.9-10.9.0.1', '10.0.0.128/25', '10.9.0.0 /24', 'fd00:9::/129', '10.9.0.1-9', ''],
  );

const nodeSelector = fc.constantFrom<JsonObject>(
  { matchLabels: { rack: 'a' } },
  { matchLabels: { rack: 'b' } },
  { matchExpressions: [{ key: 'rack', operator: 'In', values: ['a', 'b'] }] },
  { matchExpressions: [{ key: 'rack', operator: 'Exists' }] },
);
const oddSelector = fc.constantFrom<JsonObject>(
  { matchExpressions: [{ key: 'rack', operator: 'In' }] },
  { matchExpressions: [{ key: 'rack', operator: 'Exists', values: ['a'] }] },
  { matchExpressions: [{ key: 'rack', operator: 'Is', values: ['a'] }] },
  { matchExpressions: [{ key: 'rack', operator: 'In', values: ['a', 'a'] }] },
  { matchLabels: { 'not a key': 'a' } },
  {},
);
/** A list in which hardly ever a value stands twice. */
function few<T>(one: fc.Arbitrary<T>): fc.Arbitrary<T[]> {
  const options = { minLength: 1, maxLength: 2 };
  return fc.oneof(
    { weight: 30, arbitrary: fc.uniqueArray(one, options) },
    { weight: 1, arbitrary: fc.array(one, options) },
  );
}

const selectors = few(fc.oneof({ weight: 40, arbitrary: nodeSelector }, { weight: 1, arbitrary: oddSelector }));
/** For what only the programs of some nodes read, so that it is known which do. */
const soundSelectors = fc.uniqueArray(nodeSelector, { minLength: 1, maxLength: 2 });
const poolNames = few(mostly(['a', 'b', 'c'], ['missing']));

const allocation = fc.record({
  priority: seldom(fc.constantFrom(0, 10), 4),
  namespaces: seldom(few(fc.constantFrom('one', 'two', 'three')), 4),
  serviceSelectors: seldom(selectors, 4),
  namespaceSelectors: seldom(selectors, 4),
});

const pool = (name: string, index: number): fc.Arbitrary<JsonObject> =>
  fc
    .record({
      addresses: fc.uniqueArray(entry(index), { minLength: 1, maxLength: 3 }),
      autoAssign: seldom(fc.boolean()),
      avoidBuggyIPs: seldom(fc.boolean()),
      serviceAllocation: seldom(allocation),
    })
    .map((spec) => object('IPAddressPool', name, spec));

const l2 = (name: string): fc.Arbitrary<JsonObject> =>
  fc
    .record({
      ipAddressPools: seldom(poolNames, 6),
      ipAddressPoolSelectors: seldom(selectors),
      nodeSelectors: seldom(selectors, 3),
      interfaces: seldom(fc.constantFrom(['eth0'], ['eth0', 'eth1'])),
    })
    .map((spec) => object('L2Advertisement', name, spec));

const communities = few(
  mostly(
    ['65535:65281', '64512:100', '64512:200'],
    ['alias-a', 'large:1:2:3', '64512:70000', 'no-export', '1:2:3', '1:2:3:4'],
  ),
);

const bgp = (name: string): fc.Arbitrary<JsonObject> =>
  fc
    .record({
      ipAddressPools: seldom(poolNames, 12),
      ipAddressPoolSelectors: seldom(selectors),
      nodeSelectors: seldom(soundSelectors, 3),
      serviceSelectors: seldom(selectors),
      peers: seldom(few(mostly(['tor', 'spine', 'leaf'], ['missing'])), 4),
      communities: seldom(communities, 2),
      aggregationLength: seldom(mostly([32, 31, 30, 28], [24, 16, 33, 0]), 3),
      aggregationLengthV6: seldom(mostly([128, 126, 124], [64, 32, 129, 0, -1]), 3),
      localPref: seldom(fc.constantFrom(0, 100, 200), 4),
    })
    .map((spec) => object('BGPAdvertisement', name, spec));

const peer = (name: string, index: number): fc.Arbitrary<JsonObject> =>
  fc
    .record({
      myASN: mostly([64512], [0, 64513, 4200000000]),
      peerASN: mostly<number | undefined>([64600, 64601], [undefined, 64512, 0]),
      dynamicASN: seldom(fc.constantFrom('internal', 'external'), 0.1),
      peerAddress: mostly<string | undefined>(
        [`192.0.2.${String(index + 1)}`, `192.0.2.${String(index + 1)}`, `2001:db8::${String(index + 1)}`],
        [undefined, '192.0.2.1', '192.0.2.300', 'router.example', '192.0.2.1/32', ''],
      ),
      interface: seldom(fc.constantFrom('eth0', 'eth1'), 0.1),
      sourceAddress: seldom(mostly(['192.0.2.9'], ['nowhere', '2001:db8::9']), 1),
      peerPort: seldom(mostly([179, 1179], [0, 20000])),
      holdTime: seldom(mostly(['90s', '3s', '0s', '1m30s', '3500ms'], ['2s', '900ms', '1h', '2999ms']), 3),
      keepaliveTime: seldom(fc.constantFrom('0s', '10s', '30s', '60s', '100s', '500ms'), 1),
      connectTime: seldom(mostly(['10s', '1m'], ['0s', '1500ms', '100000s']), 0.7),
      routerID: seldom(mostly(['10.0.0.1'], ['10.0.0.2', 'x', 'fd00::1']), 2),
      nodeSelectors: seldom(soundSelectors, 3),
      password: seldom(fc.constant('example'), 0.5),
      bfdProfile: seldom(mostly(['fast', 'slow'], ['missing']), 0.4),
      enableGracefulRestart: seldom(fc.boolean(), 0.5),
      ebgpMultiHop: seldom(fc.boolean(), 1.5),
      vrf: seldom(fc.constantFrom('red', 'blue'), 0.7),
      disableMP: seldom(fc.boolean(), 0.1),
      dualStackAddressFamily: seldom(fc.boolean(), 0.1),
      localASN: seldom(fc.constantFrom(65000, 64512), 0.1),
    })
    .map((spec) => object('BGPPeer', name, spec));

const bfd = (name: string): fc.Arbitrary<JsonObject> =>
  fc
    .record({
      receiveInterval: seldom(mostly([300, 10, 60000], [9, 60001, 0])),
      transmitInterval: seldom(mostly([300], [9])),
      detectMultiplier: seldom(mostly([3, 2, 255], [1, 256])),
      echoInterval: seldom(mostly([50], [9])),
      echoMode: seldom(fc.boolean(), 3),
      passiveMode: seldom(fc.boolean()),
      minimumTtl: seldom(mostly([254, 1], [0, 255])),
    })
    .map((spec) => object('BFDProfile', name, spec));

const community = (names: readonly string[]): fc.Arbitrary<JsonObject> =>
  fc
    .uniqueArray(
      fc.record({
        name: fc.constantFrom(...names),
        value: mostly(['64512:1', '64512:2'], ['large:64512:1:2', '64512:70000', 'x', '1:2:3']),
      }),
      { maxLength: 2, selector: (alias) => alias.name },
    )
    .map((list) => object('Community', names.join('-'), { communities: list }));

/** The first so many of these, each with what makes it. */
function some(
  made: readonly fc.Arbitrary<JsonObject>[],
  weights: readonly number[],
): fc.Arbitrary<readonly JsonObject[]> {
  return fc
    .tuple(...made)
    .chain((all) =>
      fc
        .oneof(...weights.map((weight, count) => ({ weight, arbitrary: fc.constant(count) })))
        .map((count) => all.slice(0, count)),
    );
}

/** What only FRR takes, which would make nearly every configuration unfit for the native backend. */
const ofFrr = new Set([
  'interface',
  'keepaliveTime',
  'bfdProfile',
  'enableGracefulRestart',
  'vrf',
  'dualStackAddressFamily',
]);

function withoutFrr(objects: readonly JsonObject[]): readonly JsonObject[] {
  return objects
    .filter((each) => each['kind'] !== 'BFDProfile')
    .map((each) => {
      const spec = each['spec'];
      const kept = isJsonObject(spec) ? Object.entries(spec).filter(([key]) => !ofFrr.has(key)) : [];
      return { ...each, spec: Object.fromEntries(kept) };
    });
}

const configuration: fc.Arbitrary<readonly JsonObject[]> = fc
  .tuple(
    some([pool('a', 0), pool('b', 1), pool('c', 2)], [1, 4, 4, 4]),
    some([l2('lan'), l2('dmz')], [4, 4, 1]),
    some([bgp('all'), bgp('some'), bgp('edge')], [3, 4, 3, 2]),
    some([peer('tor', 0), peer('spine', 1), peer('leaf', 2)], [3, 4, 3, 2]),
    some([bfd('fast'), bfd('slow')], [4, 0, 2]),
    some([community(['alias-a', 'alias-b']), community(['alias-c', 'alias-d'])], [4, 3, 1]),
  )
  .map((parts) => parts.flat())
  .chain((objects) => fc.boolean().map((plain) => (plain ? withoutFrr(objects) : objects)));

/** The same configurations for the same seed. About half of them are sound. */
export function generatedConfigurations(seed: number, count: number): readonly Configuration[] {
  return fc
    .sample(configuration, { seed, numRuns: count })
    .map((objects, index) => ({ title: `generated ${String(seed)}/${String(index)}`, objects }));
}
