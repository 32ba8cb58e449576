import { describe, expect, it } from 'vitest';
import { schemaChecker } from '../../../src/adapters/schema/schema-checker.ts';
import type { Json } from '../../../src/domain/json.ts';

const pool = { name: 'default', addresses: ['192.168.1.220-192.168.1.250'] };
const metallb = (more: Json): Json => ({ metallb: { ipAddressPool: [pool], ...(more as object) } });
const peer = (more: Json): Json => metallb({ bgpPeer: [{ name: 'tor', myASN: 64_512, ...(more as object) }] });
const sync = (more: Json): Json => ({ metallb: {}, sync: more });
const pools = (more: Json): Json => ({ metallb: { ipAddressPool: [{ ...pool, ...(more as object) }] } });
const proto = (text: string): Json => JSON.parse(text) as Json;

const refused: readonly (readonly [string, Json, string, string])[] = [
  ['nothing at all', null, 'wrong-type', ''],
  ['a list', [], 'wrong-type', ''],
  ['a text', 'metallb', 'wrong-type', ''],
  ['a number', 1, 'wrong-type', ''],
  ['an empty mapping', {}, 'missing-key', '/metallb'],
  ['metallb without a value', { metallb: null }, 'wrong-type', '/metallb'],
  ['metallb as a list', { metallb: [] }, 'wrong-type', '/metallb'],
  ['a misspelt top key', { metallb: {}, enviroment: 'dev' }, 'unknown-key', '/enviroment'],
  ['pools at the top', { metallb: {}, ipAddressPool: [] }, 'unknown-key', '/ipAddressPool'],
  ['an environment that is no label', { metallb: {}, environment: 'Dev' }, 'text-pattern', '/environment'],
  ['an environment as a number', { metallb: {}, environment: 1 }, 'wrong-type', '/environment'],
  ['a name of 64 letters', { metallb: {}, environment: 'a'.repeat(64) }, 'text-length', '/environment'],
  ['an empty context', { metallb: {}, cluster: { context: '' } }, 'text-length', '/cluster/context'],
  ['inCluster as a word', { metallb: {}, cluster: { inCluster: 'yes' } }, 'wrong-type', '/cluster/inCluster'],
  ['a subnet that is no list', { metallb: {}, network: { subnets: '10.0.0.0/8' } }, 'wrong-type', '/network/subnets'],
  ['a misspelt network key', { metallb: {}, network: { podCidrs: [] } }, 'unknown-key', '/network/podCidrs'],
  ['automated as in Argo CD', sync({ automated: { prune: true } }), 'wrong-type', '/sync/automated'],
  ['a wave timeout without unit', sync({ waveTimeout: '300' }), 'text-pattern', '/sync/waveTimeout'],
  ['a wave timeout as a number', sync({ waveTimeout: 300 }), 'wrong-type', '/sync/waveTimeout'],
  ['a negative wave timeout', sync({ waveTimeout: '-5m' }), 'text-pattern', '/sync/waveTimeout'],
  ['a negative retry limit', sync({ retry: { limit: -1 } }), 'out-of-range', '/sync/retry/limit'],
  ['half a retry', sync({ retry: { limit: 1.5 } }), 'wrong-type', '/sync/retry/limit'],
  ['a retry factor of 11', sync({ retry: { backoff: { factor: 11 } } }), 'out-of-range', '/sync/retry/backoff/factor'],
  [
    'a window without schedule',
    sync({ windows: [{ kind: 'deny', duration: '2h' }] }),
    'missing-key',
    '/sync/windows/0/schedule',
  ],
  [
    'a window of no kind',
    sync({ windows: [{ kind: 'never', schedule: '0 0 * * *', duration: '2h' }] }),
    'not-allowed-value',
    '/sync/windows/0/kind',
  ],
  ['a negative impact budget', sync({ impactBudget: { services: -1 } }), 'out-of-range', '/sync/impactBudget/services'],
  ['a gate without type', { metallb: {}, promotion: { gates: [{}] } }, 'missing-key', '/promotion/gates/0/type'],
  [
    'a gate of unknown type',
    { metallb: {}, promotion: { gates: [{ type: 'sok' }] } },
    'not-allowed-value',
    '/promotion/gates/0/type',
  ],
  [
    'a gate URL that is none',
    { metallb: {}, promotion: { gates: [{ type: 'http', url: 'ftp://x' }] } },
    'text-pattern',
    '/promotion/gates/0/url',
  ],
  [
    'a Service without ports',
    { metallb: {}, services: [{ name: 'web', ports: [] }] },
    'too-few-items',
    '/services/0/ports',
  ],
  [
    'a Service with three addresses',
    { metallb: {}, services: [{ name: 'web', ports: [{ port: 1 }], addresses: ['a', 'b', 'c'] }] },
    'too-many-items',
    '/services/0/addresses',
  ],
  [
    'a port of 70000',
    { metallb: {}, services: [{ name: 'web', ports: [{ port: 70_000 }] }] },
    'out-of-range',
    '/services/0/ports/0/port',
  ],
  ['a misspelt list', { metallb: { ipAddresPool: [] } }, 'unknown-key', '/metallb/ipAddresPool'],
  ['the plural of a list', { metallb: { ipAddressPools: [] } }, 'unknown-key', '/metallb/ipAddressPools'],
  ['an unknown engine', metallb({ engine: 'metallb' }), 'not-allowed-value', '/metallb/engine'],
  ['a version as YAML reads 0.15', metallb({ version: 0.15 }), 'wrong-type', '/metallb/version'],
  ['a version of two numbers', metallb({ version: '0.15' }), 'text-pattern', '/metallb/version'],
  ['latest as version', metallb({ version: 'latest' }), 'text-pattern', '/metallb/version'],
  ['a namespace with dots', metallb({ namespace: 'metal.lb' }), 'text-pattern', '/metallb/namespace'],
  ['an unknown backend', metallb({ bgp: { backend: 'bird' } }), 'not-allowed-value', '/metallb/bgp/backend'],
  ['a class with a blank', metallb({ loadBalancerClass: 'a b' }), 'text-pattern', '/metallb/loadBalancerClass'],
  ['install as a word', metallb({ install: 'no' }), 'wrong-type', '/metallb/install'],
  [
    'a log level that is none',
    metallb({ controller: { logLevel: 'trace' } }),
    'not-allowed-value',
    '/metallb/controller/logLevel',
  ],
  ['no controller at all', metallb({ controller: { replicas: 0 } }), 'out-of-range', '/metallb/controller/replicas'],
  [
    'memory that is no amount',
    metallb({ controller: { resources: { limits: { memory: '1 GB' } } } }),
    'text-pattern',
    '/metallb/controller/resources/limits/memory',
  ],
  [
    'CPU as truth',
    metallb({ speaker: { resources: { requests: { cpu: true } } } }),
    'wrong-type',
    '/metallb/speaker/resources/requests/cpu',
  ],
  [
    'resources with a stray key',
    metallb({ speaker: { resources: { cpu: '1' } } }),
    'unknown-key',
    '/metallb/speaker/resources/cpu',
  ],
  [
    'a node label with two slashes',
    metallb({ speaker: { nodeSelector: { 'a/b/c': 'x' } } }),
    'key-pattern',
    '/metallb/speaker/nodeSelector/a~1b~1c',
  ],
  [
    'a label value as truth',
    metallb({ speaker: { nodeSelector: { lb: true } } }),
    'wrong-type',
    '/metallb/speaker/nodeSelector/lb',
  ],
  [
    'a toleration effect that is none',
    metallb({ speaker: { tolerations: [{ effect: 'NoRun' }] } }),
    'not-allowed-value',
    '/metallb/speaker/tolerations/0/effect',
  ],
  ['tolerations as a mapping', metallb({ speaker: { tolerations: {} } }), 'wrong-type', '/metallb/speaker/tolerations'],
  [
    'an affinity with a stray key',
    metallb({ speaker: { affinity: { nodeAfinity: {} } } }),
    'unknown-key',
    '/metallb/speaker/affinity/nodeAfinity',
  ],
  ['FRR as truth', metallb({ speaker: { frr: true } }), 'wrong-type', '/metallb/speaker/frr'],
  [
    'FRR enabled as a text',
    metallb({ speaker: { frr: { enabled: 'false' } } }),
    'wrong-type',
    '/metallb/speaker/frr/enabled',
  ],
  [
    'memberlist on port 0',
    metallb({ speaker: { memberlist: { port: 0 } } }),
    'out-of-range',
    '/metallb/speaker/memberlist/port',
  ],
  ['an image with a blank', metallb({ speaker: { image: 'a b' } }), 'text-pattern', '/metallb/speaker/image'],
  ['an interval of Go', metallb({ monitoring: { interval: '1.5s' } }), 'text-pattern', '/metallb/monitoring/interval'],
  [
    'a usage of 90',
    metallb({ monitoring: { thresholds: { poolUsage: 90 } } }),
    'out-of-range',
    '/metallb/monitoring/thresholds/poolUsage',
  ],
  [
    'an alert label with a dash',
    metallb({ monitoring: { alertLabels: { 'a-b': 'x' } } }),
    'key-pattern',
    '/metallb/monitoring/alertLabels/a-b',
  ],
  ['pools as a mapping', { metallb: { ipAddressPool: { default: [] } } }, 'wrong-type', '/metallb/ipAddressPool'],
  [
    'a pool without name',
    { metallb: { ipAddressPool: [{ addresses: [] }] } },
    'missing-key',
    '/metallb/ipAddressPool/0/name',
  ],
  [
    'a pool without addresses',
    { metallb: { ipAddressPool: [{ name: 'a' }] } },
    'missing-key',
    '/metallb/ipAddressPool/0/addresses',
  ],
  ['a pool name in capitals', pools({ name: 'Default' }), 'text-pattern', '/metallb/ipAddressPool/0/name'],
  ['an empty pool name', pools({ name: '' }), 'text-pattern', '/metallb/ipAddressPool/0/name'],
  ['addresses as one text', pools({ addresses: '10.0.0.1/32' }), 'wrong-type', '/metallb/ipAddressPool/0/addresses'],
  ['an address as a number', pools({ addresses: [10] }), 'wrong-type', '/metallb/ipAddressPool/0/addresses/0'],
  ['an address without value', pools({ addresses: [null] }), 'wrong-type', '/metallb/ipAddressPool/0/addresses/0'],
  ['auto assign as a text', pools({ autoAssign: 'true' }), 'wrong-type', '/metallb/ipAddressPool/0/autoAssign'],
  ['the legacy auto-assign', pools({ 'auto-assign': true }), 'unknown-key', '/metallb/ipAddressPool/0/auto-assign'],
  ['an API object in place of fields', pools({ spec: {} }), 'unknown-key', '/metallb/ipAddressPool/0/spec'],
  [
    'a priority as a text',
    pools({ serviceAllocation: { priority: '1' } }),
    'wrong-type',
    '/metallb/ipAddressPool/0/serviceAllocation/priority',
  ],
  [
    'an operator that is none',
    pools({ serviceAllocation: { serviceSelectors: [{ matchExpressions: [{ key: 'a', operator: 'Is' }] }] } }),
    'not-allowed-value',
    '/metallb/ipAddressPool/0/serviceAllocation/serviceSelectors/0/matchExpressions/0/operator',
  ],
  [
    'labels as a list',
    pools({ serviceAllocation: { namespaceSelectors: [{ matchLabels: ['a'] }] } }),
    'wrong-type',
    '/metallb/ipAddressPool/0/serviceAllocation/namespaceSelectors/0/matchLabels',
  ],
  [
    'the singular nodeSelector',
    metallb({ l2Advertisement: [{ name: 'a', nodeSelector: {} }] }),
    'unknown-key',
    '/metallb/l2Advertisement/0/nodeSelector',
  ],
  [
    'an interface pattern',
    metallb({ l2Advertisement: [{ name: 'a', interfaces: ['eth 0'] }] }),
    'text-pattern',
    '/metallb/l2Advertisement/0/interfaces/0',
  ],
  [
    'an aggregation of 33',
    metallb({ bgpAdvertisement: [{ name: 'a', aggregationLength: 33 }] }),
    'out-of-range',
    '/metallb/bgpAdvertisement/0/aggregationLength',
  ],
  [
    'a negative preference',
    metallb({ bgpAdvertisement: [{ name: 'a', localPref: -1 }] }),
    'out-of-range',
    '/metallb/bgpAdvertisement/0/localPref',
  ],
  [
    'a preference of 2^32',
    metallb({ bgpAdvertisement: [{ name: 'a', localPref: 4_294_967_296 }] }),
    'out-of-range',
    '/metallb/bgpAdvertisement/0/localPref',
  ],
  ['a peer without own AS', metallb({ bgpPeer: [{ name: 'a' }] }), 'missing-key', '/metallb/bgpPeer/0/myASN'],
  ['an AS of 0', peer({ myASN: 0 }), 'out-of-range', '/metallb/bgpPeer/0/myASN'],
  ['an AS as a text', peer({ peerASN: '64500' }), 'wrong-type', '/metallb/bgpPeer/0/peerASN'],
  ['an AS of 2^32', peer({ peerASN: 4_294_967_296 }), 'out-of-range', '/metallb/bgpPeer/0/peerASN'],
  ['a dynamic AS of no kind', peer({ dynamicASN: 'any' }), 'not-allowed-value', '/metallb/bgpPeer/0/dynamicASN'],
  ['a port above upstream’s limit', peer({ peerPort: 17_000 }), 'out-of-range', '/metallb/bgpPeer/0/peerPort'],
  ['a hold time no program can read', peer({ holdTime: '90sec' }), 'text-pattern', '/metallb/bgpPeer/0/holdTime'],
  ['a Secret without name', peer({ passwordSecret: {} }), 'missing-key', '/metallb/bgpPeer/0/passwordSecret/name'],
  [
    'a BFD interval of 5',
    metallb({ bfdProfile: [{ name: 'a', receiveInterval: 5 }] }),
    'out-of-range',
    '/metallb/bfdProfile/0/receiveInterval',
  ],
  [
    'a multiplier of 1',
    metallb({ bfdProfile: [{ name: 'a', detectMultiplier: 1 }] }),
    'out-of-range',
    '/metallb/bfdProfile/0/detectMultiplier',
  ],
  [
    'the singular community',
    metallb({ community: [{ name: 'a', community: [] }] }),
    'unknown-key',
    '/metallb/community/0/community',
  ],
  [
    'an alias without value',
    metallb({ community: [{ name: 'a', communities: [{ name: 'x' }] }] }),
    'missing-key',
    '/metallb/community/0/communities/0/value',
  ],
  ['__proto__ as a key', proto('{"metallb":{"__proto__":{"engine":"native"}}}'), 'unknown-key', '/metallb/__proto__'],
  ['constructor as a key', proto('{"metallb":{},"constructor":{"prototype":{}}}'), 'unknown-key', '/constructor'],
  [
    '__proto__ as a label',
    proto('{"metallb":{"monitoring":{"labels":{"__proto__":"x"}}}}'),
    'key-pattern',
    '/metallb/monitoring/labels/__proto__',
  ],
  ['hasOwnProperty as a key', proto('{"metallb":{"hasOwnProperty":1}}'), 'unknown-key', '/metallb/hasOwnProperty'],
];

describe('a config that does not keep to the schema', () => {
  it.each(refused)('%s: one finding, at its place', (_what, config, code, pointer) => {
    const { config: accepted, findings } = schemaChecker.checkEnvironment('config.yaml', config);
    expect(accepted).toBeUndefined();
    expect(findings.map((finding) => [finding.code, finding.place.pointer])).toEqual([[code, pointer]]);
    expect(findings[0]?.severity).toBe('error');
    expect(findings[0]?.message).not.toMatch(/undefined|\[object|must NOT/);
    expect(findings[0]?.remedy).not.toBe('');
  });

  it('gives all of its mistakes at once', () => {
    const config = { metallb: { ipAddressPool: [{ nam: 'a' }], engine: 'x', version: 1 }, extra: 1 };
    const { findings } = schemaChecker.checkEnvironment('config.yaml', config);
    expect(findings.map((finding) => finding.place.pointer).toSorted()).toEqual([
      '/extra',
      '/metallb/engine',
      '/metallb/ipAddressPool/0/addresses',
      '/metallb/ipAddressPool/0/nam',
      '/metallb/ipAddressPool/0/name',
      '/metallb/version',
    ]);
  });

  it.each([
    [{ metallb: { ipAddresPool: [] } }, 'Did you mean ipAddressPool?'],
    [{ metallb: { engine: 'nativ' } }, 'Did you mean native?'],
    [{ metallb: {}, ipAddressPool: [] }, 'Move ipAddressPool to where it belongs: metallb.ipAddressPool.'],
    [{ metallb: { promotion: {} } }, 'Move promotion to the top of the file.'],
    [
      pools({ metadata: {} }),
      'Name and fields of the spec stand side by side here: move what is below it one level up.',
    ],
  ])('%j is told the way out', (config, remedy) => {
    expect(schemaChecker.checkEnvironment('config.yaml', config).findings[0]?.remedy).toBe(remedy);
  });

  it('never shows what may be a password', () => {
    const { findings } = schemaChecker.checkEnvironment('config.yaml', peer({ password: 271_828 }));
    expect(JSON.stringify(findings)).not.toContain('271828');
  });

  it('shortens and escapes what it quotes', () => {
    const { findings } = schemaChecker.checkEnvironment(
      'config.yaml',
      pools({ name: `\u001b[31m${'x'.repeat(5000)}` }),
    );
    expect(JSON.stringify(findings).length).toBeLessThan(2000);
    expect(findings[0]?.message).toContain('\\u001b');
  });

  it('is told of without walking into values of any depth', () => {
    let deep: Json = 'x';
    for (let level = 0; level < 50_000; level += 1) {
      deep = level % 2 === 0 ? [deep] : { a: deep };
    }
    const config = { metallb: { deep, engine: deep, ipAddressPool: [deep] } };
    const codes = schemaChecker.checkEnvironment('config.yaml', config).findings.map((finding) => finding.code);
    expect(codes).toContain('unknown-key');
    expect(codes).toContain('wrong-type');
  });

  it('takes time in proportion to its size, also where every letter nearly fits a pattern', () => {
    const almost = `${'a-'.repeat(100_000)}!`;
    const config = {
      environment: almost,
      metallb: { namespace: almost, bgpPeer: [{ name: almost, holdTime: '1'.repeat(200_000) }] },
    };
    expect(schemaChecker.checkEnvironment('config.yaml', config).findings.length).toBeGreaterThan(3);
  });
});

describe('a config that keeps to the schema', () => {
  it('is handed on as it stands: the smallest one', () => {
    const config = { metallb: { ipAddressPool: [pool] } };
    expect(schemaChecker.checkEnvironment('config.yaml', config)).toEqual({ config, findings: [] });
  });

  it.each([
    ['no pools', { metallb: {} }],
    ['an empty list', { metallb: { ipAddressPool: [] } }],
    ['amounts as numbers', metallb({ controller: { resources: { limits: { cpu: 1, memory: 0.5 } } } })],
    ['an empty label value', metallb({ speaker: { nodeSelector: { 'node-role.kubernetes.io/worker': '' } } })],
    ['the largest AS', peer({ peerASN: 4_294_967_295 })],
    ['a port by name', { metallb: {}, services: [{ name: 'web', ports: [{ port: 80, targetPort: 'http' }] }] }],
  ])('%s', (_what, config) => {
    expect(schemaChecker.checkEnvironment('config.yaml', config).findings).toEqual([]);
  });
});
