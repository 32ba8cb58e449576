import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { schemaChecker } from '../../src/adapters/schema/schema-checker.ts';
import { openYamlDocuments } from '../../src/adapters/yaml/yaml-documents.ts';
import type { LocatedFinding } from '../../src/domain/finding/finding.ts';
import type { AssumedMetalLb } from '../../src/domain/plain-manifests/manifest-set.ts';
import { loadGivenFiles } from '../../src/engine/load-given-files.ts';
import { type LoadedManifests, loadManifests } from '../../src/engine/load-manifests.ts';
import type { SourceFile } from '../../src/ports/source.ts';

const nothingAssumed: AssumedMetalLb = { version: undefined, backend: undefined };

function files(texts: readonly string[]): readonly SourceFile[] {
  return texts.map((text, index) => ({
    path: `${String(index)}.yaml`,
    id: text,
    bytes: new TextEncoder().encode(text),
  }));
}

function load(texts: readonly string[], assumed = nothingAssumed): LoadedManifests {
  return loadManifests({ files: files(texts), documents: openYamlDocuments(), checker: schemaChecker, assumed });
}

/** Code, severity and the marked text of each finding. */
function told(findings: readonly LocatedFinding[]): readonly string[] {
  return findings.map(
    ({ code, severity, place }) => `${severity} ${code}: ${place.text.slice(place.column - 1, place.endColumn - 1)}`,
  );
}

function object(kind: string, name: string, spec: string, version = 'v1beta1'): string {
  const body = spec
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');
  return `apiVersion: metallb.io/${version}\nkind: ${kind}\nmetadata:\n  name: ${name}\nspec:\n${body}\n`;
}

const pool = (name: string, ...entries: readonly string[]): string =>
  object('IPAddressPool', name, ['addresses:', ...entries.map((entry) => `- ${entry}`)].join('\n'));
const forAll = 'apiVersion: metallb.io/v1beta1\nkind: L2Advertisement\nmetadata:\n  name: lan\n';
const together = (...documents: readonly string[]): string => documents.join('---\n');

function service(name: string, annotations: readonly string[], spec: readonly string[], port = 80): string {
  const meta = annotations.map((line) => `    ${line}\n`).join('');
  const more = spec.map((line) => `  ${line}\n`).join('');
  const head = `apiVersion: v1\nkind: Service\nmetadata:\n  name: ${name}\n  annotations:\n${meta}`;
  return `${head}spec:\n  type: LoadBalancer\n${more}  ports:\n  - port: ${String(port)}\n`;
}

const sound = together(pool('default', '192.168.1.240/28'), forAll);

function selecting(zone: string): string {
  return object('L2Advertisement', 'lan', `ipAddressPoolSelectors: [{matchLabels: {zone: ${zone}}}]`);
}

describe('plain manifests', () => {
  it('are one configuration, however they are spread over files and documents', () => {
    const advertisement = object('L2Advertisement', 'lan', 'ipAddressPools: [a, b]');
    expect(load([pool('a', '10.0.0.0/28'), together(pool('b', '10.0.1.0/28'), advertisement)]).findings).toEqual([]);
    const overlapping = load([pool('a', '10.0.0.0/28'), together(forAll, pool('b', '10.0.1.0/28', '10.0.0.8/29'))]);
    expect(told(overlapping.findings)).toEqual(['error pool-overlap: 10.0.0.8/29']);
    expect(overlapping.findings[0]?.place).toMatchObject({ file: '1.yaml', line: 13 });
  });

  it.each([
    ['a pool whose addresses have no value', object('IPAddressPool', 'a', 'addresses:'), 'missing-key: addresses'],
    ['a field that is misspelt', object('L2Advertisement', 'a', 'nodeSelector: []'), 'unknown-key: nodeSelector'],
    [
      'a field of another kind',
      object('IPAddressPool', 'a', 'addresses: [10.0.0.0/28]\ninterfaces: [eth0]'),
      'unknown-key: interfaces',
    ],
    ['fields beside the spec', `${sound}addresses: []\n`, 'unknown-key: addresses'],
    [
      'a key of metadata that is misspelt',
      sound.replace('name: lan', 'name: lan\n  namespce: x'),
      'unknown-key: namespce',
    ],
    [
      'no apiVersion',
      sound.replace('apiVersion: metallb.io/v1beta1\nkind: IP', 'kind: IP'),
      'missing-key: IPAddressPool',
    ],
    ['an apiVersion in the wrong letters', sound.replace('apiVersion', 'apiversion'), 'unknown-key: apiversion'],
    ['a kind in the wrong letters', sound.replace('L2Advert', 'L2advert'), 'kind-unknown: L2advertisement'],
    ['a version that is not served', sound.replace('v1beta1', 'v1'), 'api-version-unknown: metallb.io/v1'],
    [
      'the group of old annotations',
      sound.replace('metallb.io', 'metallb.universe.tf'),
      'api-version-unknown: metallb.universe.tf/v1beta1',
    ],
    ['two resources of one name', together(sound, forAll), 'name-duplicate: lan'],
    ['a name that no object may have', sound.replace('name: lan', 'name: My_LAN'), 'text-pattern: My_LAN'],
    ['a name that is missing', sound.replace('  name: lan', '  labels: {a: b}'), 'missing-key: metadata'],
    ['metadata that is no mapping', sound.replace('metadata:\n  name: lan', 'metadata: lan'), 'wrong-type: lan'],
  ])('have an error where it stands: %s', (_, text, expected) => {
    const errors = load([text]).findings.filter(({ severity }) => severity === 'error');
    expect(told(errors)).toContain(`error ${expected}`);
  });

  it('are told of in their own words', () => {
    const text = together(sound, object('L2Advertisement', 'two', 'ipAddressPools: [defualt]\ninterface: eth0'));
    const words = load([text]).findings.map(({ message, remedy }) => `${message} ${remedy}`);
    expect(words).toEqual([
      'The L2 advertisement two names pool defualt, which does not exist; MetalLB passes over it silently. Write default, if that is meant; else add the pool as a resource of kind IPAddressPool.',
      '"interface" is no key of L2Advertisement two. Did you mean interfaces?',
    ]);
  });

  it('may lack what could be elsewhere: with no pool or no advertisement among them that is a note', () => {
    expect(told(load([pool('a', '10.0.0.0/28')]).findings)).toEqual(['info pool-not-advertised: a']);
    const alone = object('L2Advertisement', 'lan', 'ipAddressPools: [a]');
    expect(told(load([alone]).findings)).toEqual(['info pool-unknown: a']);
  });

  it('in a Kubernetes List are judged item by item', () => {
    const item = {
      apiVersion: 'metallb.io/v1beta1',
      kind: 'IPAddressPool',
      metadata: { name: 'a' },
      spec: { addresses: ['10.0.0.0/40'] },
    };
    const list = {
      apiVersion: 'v1',
      kind: 'List',
      items: [item],
    };
    expect(told(load([JSON.stringify(list)]).findings)).toContain('error address-length: "10.0.0.0/40"');
  });

  it('keep to the version and the backend that are named', () => {
    const peer = object(
      'BGPPeer',
      'a',
      'myASN: 64512\npeerASN: 64513\npeerAddress: 10.0.0.1\nlocalASN: 65000',
      'v1beta2',
    );
    expect(told(load([peer]).findings)).toEqual(['warning field-not-in-version: localASN']);
    const old = load([peer], { version: '0.15.2', backend: undefined });
    expect(told(old.findings)).toEqual(['error field-not-in-version: localASN']);
    const native = load([peer], { version: '0.16.1', backend: 'native' });
    expect(told(native.findings)).toEqual(['error bgp-native-unsupported: 65000']);
    expect(load([peer], { version: '0.16.1', backend: 'frr' }).findings).toEqual([]);
  });

  it('select pools by the labels that the pools have', () => {
    const labelled = pool('a', '10.0.0.0/28').replace('name: a', 'name: a\n  labels: {zone: edge}');
    expect(load([together(labelled, selecting('edge'))]).findings).toEqual([]);
    expect(told(load([together(labelled, selecting('lan'))]).findings)).toEqual([
      'warning pool-not-advertised: a',
      'warning pool-selector-unmatched: {matchLabels: {zone: lan}}',
    ]);
  });

  it('of the first BGPPeer version may not have fields of the second', () => {
    const peer = object('BGPPeer', 'a', 'myASN: 64512\npeerASN: 64513\npeerAddress: 10.0.0.1\nvrf: red');
    expect(told(load([peer]).findings)).toEqual([
      'warning api-version-deprecated: metallb.io/v1beta1',
      'error unknown-key: vrf',
    ]);
  });

  it('of other programs are passed over and counted, doubts about their text included', () => {
    const other = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {a: yes}\n';
    const loaded = load([together(other, 'kind: Kustomization\nresources: [a]\n', sound)]);
    expect([loaded.findings, loaded.ignored]).toEqual([[], 2]);
  });
});

describe('placeholders', () => {
  it.each(['${LB_RANGE}', '_replaced_', '$range', '<RANGE>', '"{{ range }}"'])(
    'such as %s are named, not judged',
    (text) => {
      const bare = text.replaceAll('"', '');
      expect(
        load([together(pool('default', text), forAll)]).findings.map(({ code, message }) => [code, message]),
      ).toEqual([['placeholder', `${bare} is a placeholder: it is not judged.`]]);
    },
  );

  it('leave open what depends on them: names, lists, numbers', () => {
    const advertisement = object('L2Advertisement', 'lan', 'ipAddressPools: ["${POOL}"]\ninterfaces: $interfaces');
    const codes = load([together(pool('default', '10.0.0.0/28'), advertisement)]).findings.map(({ code }) => code);
    expect(codes).toEqual(['placeholder', 'placeholder']);
    const named = load([
      together(pool('${NAME}', '10.0.0.0/28'), object('L2Advertisement', 'lan', 'ipAddressPools: [x]')),
    ]);
    expect(told(named.findings)).toEqual(['info placeholder: ${NAME}']);
  });

  it('never show what stands for a password', () => {
    const peer = object('BGPPeer', 'a', 'myASN: 1\npeerASN: 2\npeerAddress: 10.0.0.1\npassword: s3cret${X}', 'v1beta2');
    expect(
      load([peer])
        .findings.map(({ message }) => message)
        .join(' '),
    ).not.toContain('s3cret');
  });

  it('that make a file unreadable as YAML make it a template', () => {
    const text =
      'apiVersion: metallb.io/v1beta1\nkind: IPAddressPool\nspec:\n  addresses:\n  {{- range .Values.x }}\n  - {{ . }}\n  {{- end }}\n';
    expect(load([text]).findings.map(({ code, severity }) => [severity, code])).toEqual([['info', 'placeholder']]);
    expect(load([text.replace('IPAddressPool', 'Deployment')]).findings).toEqual([]);
  });
});

const indented = (text: string, by: number): string => text.replaceAll(/^(?=.)/gm, ' '.repeat(by));

const configMap = (text: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: config\ndata:\n  config: |\n${indented(text, 4)}`;

describe('the old configuration', () => {
  const legacy = `address-pools:\n- name: lan\n  protocol: layer2\n  addresses:\n  - 10.0.0.1-10.0.0.9\n- name: wan\n  protocol: bgp\n  addresses: [10.0.1.0/24]\n  avoid-buggy-ips: true\n  bgp-advertisements:\n  - aggregation-length: 32\n    localpref: 100\n    communities: [no-advertise]\npeers:\n- my-asn: 64512\n  peer-asn: 64513\n  peer-address: 10.0.0.254\n  node-selectors:\n  - match-labels: {rack: a}\nbgp-communities:\n  no-advertise: 65535:65282\n`;

  it('stands for the resources of today', () => {
    const { set, findings } = load([configMap(legacy)]);
    expect(told(findings)).toEqual(['error legacy-format: config']);
    expect(set.config['metallb']).toEqual({
      install: false,
      ipAddressPool: [
        { name: 'lan', addresses: ['10.0.0.1-10.0.0.9'] },
        { name: 'wan', addresses: ['10.0.1.0/24'], avoidBuggyIPs: true },
      ],
      l2Advertisement: [{ name: 'lan', ipAddressPools: ['lan'] }],
      bgpAdvertisement: [
        { name: 'wan', ipAddressPools: ['wan'], aggregationLength: 32, localPref: 100, communities: ['no-advertise'] },
      ],
      bgpPeer: [
        {
          name: 'peer1',
          myASN: 64_512,
          peerASN: 64_513,
          peerAddress: '10.0.0.254',
          nodeSelectors: [{ matchLabels: { rack: 'a' } }],
        },
      ],
      community: [{ name: 'communities', communities: [{ name: 'no-advertise', value: '65535:65282' }] }],
    });
  });

  it.each([
    ['a ConfigMap', configMap],
    ['Helm values', (text: string) => `configInline:\n${indented(text, 2)}`],
    ['a HelmRelease', (text: string) => `kind: HelmRelease\nspec:\n  values:\n    configInline:\n${indented(text, 6)}`],
    [
      'a HelmChart',
      (text: string) => `kind: HelmChart\nspec:\n  valuesContent: |-\n    configInline:\n${indented(text, 6)}`,
    ],
    [
      'an Argo CD Application',
      (text: string) =>
        `kind: Application\nspec:\n  source:\n    helm:\n      values: |\n        configInline:\n${indented(text, 10)}`,
    ],
    [
      'an Argo CD Application of several sources',
      (text: string) =>
        `kind: Application\nspec:\n  sources:\n  - path: a\n  - helm:\n      valuesObject:\n        configInline:\n${indented(text, 10)}`,
    ],
  ])('is read from %s, and its mistakes are found where they stand', (_, written) => {
    const wrong = legacy.replace('10.0.0.1-10.0.0.9', '10.0.0.1-9').replace('avoid-buggy-ips', 'avoid-bugy-ips');
    expect(told(load([written(wrong)]).findings).slice(1)).toEqual([
      'error range-end-incomplete: 10.0.0.1-9',
      'error unknown-key: avoid-bugy-ips',
    ]);
  });

  it('that is no YAML is told of with the line', () => {
    const { findings } = load([configMap('address-pools:\n- name: "a\n')]);
    expect(findings.map(({ code }) => code)).toEqual(['legacy-format', 'yaml-syntax']);
    expect(findings[1]?.message).toMatch(/^Line \d of the text: /);
  });

  it('as AddressPool is a pool and its advertisements', () => {
    const old = object(
      'AddressPool',
      'a',
      'protocol: bgp\naddresses: [10.0.0.0/24]\nbgpAdvertisements:\n- aggregationLength: 33',
    );
    const { findings, set } = load([old]);
    expect(told(findings)).toEqual([
      'error legacy-format: AddressPool',
      'info bgp-advertisement-idle: aggregationLength: 33',
      'error out-of-range: 33',
    ]);
    expect(set.resources.map(({ kind }) => kind)).toEqual(['IPAddressPool', 'BGPAdvertisement']);
  });
});

describe('Services', () => {
  const asking = (...lines: readonly string[]): string => together(sound, service('web', lines, []));

  it.each([
    [
      'an address outside of every pool',
      asking('metallb.io/loadBalancerIPs: 10.9.9.9'),
      'service-address-outside: 10.9.9.9',
    ],
    ['a pool that does not exist', asking('metallb.io/address-pool: defualt'), 'service-pool-unknown: defualt'],
    [
      'something that is no address',
      asking('metallb.io/loadBalancerIPs: 192.168.1.300'),
      'service-address-syntax: 192.168.1.300',
    ],
    [
      'two addresses of a family',
      asking('metallb.io/loadBalancerIPs: 192.168.1.241,192.168.1.242'),
      'service-address-syntax: 192.168.1.241,192.168.1.242',
    ],
    [
      'an invented annotation',
      asking('metallb.io/L2Advertisement: lan'),
      'annotation-unknown: metallb.io/L2Advertisement',
    ],
    [
      'a misspelt key',
      together(sound, service('web', [], ['LoadBalancerIP: 192.168.1.241'])),
      'unknown-key: LoadBalancerIP',
    ],
    ['an annotation that is no text', asking('metallb.io/allow-shared-ip: true'), 'wrong-type: true'],
  ])('that have %s are found', (_, text, expected) => {
    expect(told(load([text]).findings).map((line) => line.replace(/^\w+ /, ''))).toContain(expected);
  });

  it('with both prefixes are read by the newer one', () => {
    const text = asking('metallb.universe.tf/loadBalancerIPs: 10.9.9.9', 'metallb.io/loadBalancerIPs: 192.168.1.241');
    expect(load([text]).findings.map(({ code }) => code)).toEqual(['annotation-deprecated']);
  });

  it('of another class, and placeholders in them, are left alone', () => {
    const other = service('web', ['metallb.io/loadBalancerIPs: 10.9.9.9'], ['loadBalancerClass: example.com/lb']);
    expect(load([together(sound, other)]).findings).toEqual([]);
    expect(told(load([asking('metallb.io/loadBalancerIPs: ${IP}')]).findings)).toEqual(['info placeholder: ${IP}']);
  });

  const share = ['metallb.io/allow-shared-ip: k', 'metallb.io/loadBalancerIPs: 192.168.1.241'];
  const local = ['externalTrafficPolicy: Local', 'selector: {app: a}'];

  it.each([
    ['share one with a key and other ports', service('a', share, []), service('b', share, [], 81), 0],
    ['want one port', service('a', share, []), service('b', share, []), 1],
    ['have no key', service('a', share.slice(1), []), service('b', share.slice(1), [], 81), 1],
    ['differ in the traffic policy', service('a', share, local), service('b', share, [], 81), 1],
    ['have the same pods with policy Local', service('a', share, local), service('b', share, local, 81), 0],
  ])('that ask for one address and %s', (_, one, two, refusals) => {
    const codes = load([together(sound, one, two)]).findings.map(({ code }) => code);
    expect(codes).toEqual(Array.from({ length: refusals }, () => 'service-sharing'));
  });
});

describe('files that a person names', () => {
  it('may hold environments, each judged on its own', () => {
    const environment = 'metallb:\n  ipAddressPool:\n    - name: default\n      addresses: [192.168.1.240/28]\n';
    const request = { documents: openYamlDocuments(), checker: schemaChecker, assumed: nothingAssumed };
    const given = loadGivenFiles({ ...request, files: files([environment, sound.replaceAll('240/28', '0/24')]) });
    expect([given.findings, given.found]).toEqual([[], 3]);
  });

  it('never make it throw, whatever keys and values a manifest has', () => {
    const kinds = [
      'IPAddressPool',
      'BGPPeer',
      'AddressPool',
      'Community',
      'Service',
      'ConfigMap',
      'List',
      'Application',
    ];
    const key = fc.constantFrom(
      'spec',
      'metadata',
      'name',
      'addresses',
      'items',
      'data',
      'config',
      'annotations',
      '__proto__',
    );
    const value = fc.letrec((tie) => ({
      node: fc.oneof(
        { maxDepth: 3 },
        fc.jsonValue({ maxDepth: 1 }),
        fc.dictionary(key, tie('node')),
        fc.array(tie('node')),
      ),
    })).node;
    fc.assert(
      fc.property(fc.constantFrom(...kinds), fc.dictionary(key, value), (kind, body) => {
        const text = JSON.stringify({ apiVersion: 'metallb.io/v1beta1', kind, ...body });
        expect(load([text]).findings.every(({ place }) => place.line >= 1)).toBe(true);
      }),
      { numRuns: 20 },
    );
  });
});
