import * as fc from 'fast-check';
import { load, loadAll } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { openTemplateRenderer } from '../../../src/adapters/template/template-renderer.ts';
import type { Environment, MetalLbLine, MetalLbSettings } from '../../../src/domain/environment/environment.ts';
import { environmentLabel, managedByLabel } from '../../../src/domain/identity.ts';
import { canonicalJson, type Json, isJsonArray, isJsonObject, textAt, valueAt } from '../../../src/domain/json.ts';
import { asJson } from '../../../src/domain/manifest/kube-object.ts';
import type { Manifest } from '../../../src/domain/manifest/manifest.ts';
import { keyOf } from '../../../src/domain/manifest/object-id.ts';
import { stepRank } from '../../../src/domain/manifest/waves.ts';
import { asText, golden } from '../../domain/render/golden.ts';
import { fullSettings, releaseSettings, sampleEnvironment } from '../../domain/render/sample-environment.ts';
import { anyCharacter } from '../../domain/any-text.ts';

const renderer = await openTemplateRenderer();

function render(metallb: Partial<MetalLbSettings> = {}): readonly Manifest[] {
  return renderer.render(sampleEnvironment(metallb));
}

function objectOf(manifests: readonly Manifest[], kind: string, name: string): Json {
  const found = manifests.find(({ object }) => object.kind === kind && object.metadata.name === name);
  if (found === undefined) {
    throw new Error(`no ${kind} ${name} among ${manifests.map(({ object }) => keyOf(object)).join(', ')}`);
  }
  return asJson(found.object);
}

const cases: readonly (readonly [string, Partial<MetalLbSettings>])[] = [
  ['upstream-0.14', releaseSettings('0.14')],
  ['upstream-0.15', releaseSettings('0.15')],
  ['upstream-0.16', releaseSettings('0.16')],
  ['upstream-0.15-frr-full', { ...fullSettings, backend: 'frr' }],
  ['upstream-0.16-frr-k8s', { ...releaseSettings('0.16'), backend: 'frr-k8s' }],
  ['native', { engine: 'native' }],
  ['resources-only', { ...fullSettings, install: false }],
];

describe('the rendered manifests', () => {
  it.each(cases)('are those of the golden file %s, CRDs aside', (name, metallb) => {
    const text = asText(render(metallb).filter(({ step }) => step !== 'crds'));
    expect(text).toBe(golden(name, text));
  });

  it.each(cases)('come by step, then by key, each object once: %s', (_, metallb) => {
    const manifests = render(metallb);
    const ranks = manifests.map(({ step }) => stepRank(step));
    expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
    expect(new Set(manifests.map(({ object }) => keyOf(object))).size).toBe(manifests.length);
  });

  it.each(cases)('bear the owner labels on every object and never on a pod or a selector: %s', (_, metallb) => {
    for (const { object } of render(metallb)) {
      expect(object.metadata.labels).toMatchObject({ [managedByLabel]: 'metalwave', [environmentLabel]: 'dev' });
      expect(JSON.stringify(object['spec'] ?? {})).not.toContain(environmentLabel);
    }
  });

  it.each(cases)('name every API object a server can tell apart from its template: %s', (_, metallb) => {
    for (const { object } of render(metallb)) {
      expect(textAt(asJson(object), 'metadata', 'name')).toMatch(/^[a-z0-9.:-]+$/u);
    }
  });
});

function container(line: MetalLbLine): Json {
  const deployment = objectOf(render(releaseSettings(line)), 'Deployment', 'controller');
  return valueAt(deployment, 'spec', 'template', 'spec', 'containers', 0) ?? null;
}

describe('the release lines', () => {
  it.each(['0.14', '0.15'] as const)('%s serves plain metrics on 7472, which stand in for its health', (line) => {
    expect(valueAt(container(line), 'args', 0)).toBe('--port=7472');
    expect(valueAt(container(line), 'readinessProbe', 'httpGet')).toEqual({ path: '/metrics', port: 'monitoring' });
    const monitor = objectOf(render(releaseSettings(line)), 'ServiceMonitor', 'metallb-speaker');
    expect(valueAt(monitor, 'spec', 'endpoints')).toEqual([{ interval: '30s', port: 'metrics' }]);
  });

  it('0.16 serves metrics over TLS to callers with a token, and health apart from them', () => {
    expect(valueAt(container('0.16'), 'ports', 0, 'name')).toBe('metricshttps');
    expect(valueAt(container('0.16'), 'readinessProbe', 'httpGet')).toEqual({ path: '/readyz', port: 17_472 });
    const monitor = objectOf(render(releaseSettings('0.16')), 'ServiceMonitor', 'metallb-speaker');
    expect(valueAt(monitor, 'spec', 'endpoints', 0)).toMatchObject({
      scheme: 'https',
      tlsConfig: { insecureSkipVerify: true },
      bearerTokenFile: '/var/run/secrets/kubernetes.io/serviceaccount/token',
    });
  });

  it('scrape the FRR sidecar too, where BGP metrics come from in that mode', () => {
    const monitor = objectOf(render({ backend: 'frr' }), 'ServiceMonitor', 'metallb-speaker');
    expect(valueAt(monitor, 'spec', 'endpoints', 1, 'port')).toBe('frr-metrics');
  });

  it('never render a CA bundle nor a certificate: MetalLB writes them itself', () => {
    const text = JSON.stringify(render({ ...fullSettings }));
    expect(text).not.toMatch(/caBundle|tls\.crt|tls\.key/u);
  });
});

describe('an installation that is there already', () => {
  it('gets resources and monitoring, and nothing of MetalLB itself', () => {
    const steps = new Set(render({ ...fullSettings, install: false }).map(({ step }) => step));
    expect([...steps]).toEqual(['references', 'pools', 'peers', 'advertisements', 'monitors', 'rules']);
  });
});

/** The same value with the keys of every mapping in another order. */
function shuffled(value: Json, reverse: boolean): Json {
  if (isJsonArray(value)) {
    return value.map((item) => shuffled(item, reverse));
  }
  if (isJsonObject(value)) {
    const keys = Object.keys(value).toSorted();
    return Object.fromEntries(
      (reverse ? keys.toReversed() : keys).map((key) => [key, shuffled(value[key] ?? null, reverse)]),
    );
  }
  return value;
}

describe('a render', () => {
  it('is the same byte for byte, whatever order the config wrote its keys in', () => {
    const { loadBalancerClass, ...rest } = sampleEnvironment(fullSettings).metallb;
    const settings = JSON.parse(JSON.stringify({ ...rest, loadBalancerClass })) as Json;
    const texts = [true, false].map((reverse) =>
      JSON.stringify(render(shuffled(settings, reverse) as unknown as MetalLbSettings)),
    );
    expect(texts[0]).toBe(texts[1]);
    expect(texts[0]).toBe(JSON.stringify(render(fullSettings)));
  });

  it('gives what its YAML text says, for people who read it back', () => {
    const manifests = render(fullSettings);
    expect(loadAll(asText(manifests))).toEqual(manifests.map(({ object }) => object));
  });

  it('keeps every value a value: no text can become structure', () => {
    const marker = 'MARKER';
    const marked = rendered(marker);
    const hostile = fc.oneof(
      fc.string({ unit: anyCharacter, minLength: 1 }),
      fc.constantFrom(
        '"',
        '\\',
        '\\"}',
        '}},"kind":"Pod"',
        '{{json metadata}}',
        '{{#if x}}',
        '\u2028',
        '&<>\'"',
        '\n- a: b',
        '__proto__',
        '${x}',
        '$&',
      ),
    );
    fc.assert(
      fc.property(hostile, (text) => {
        const expected = replaceText(marked, marker, text);
        expect(canonicalJson(rendered(text))).toBe(canonicalJson(expected));
      }),
      { numRuns: 15 },
    );
  });
});

/** That environment's objects. Definitions hold nothing of a config value but the namespace, and are large. */
function rendered(text: string): Json {
  const manifests = renderer.render(withText(text)).filter(({ step }) => step !== 'crds');
  return JSON.parse(JSON.stringify(manifests)) as Json;
}

/** An environment with `text` wherever the schema lets a user write free text or a key. */
function withText(text: string): Environment {
  const base = sampleEnvironment(fullSettings).metallb;
  return sampleEnvironment({
    ...fullSettings,
    backend: 'frr',
    loadBalancerClass: text,
    imagePullSecrets: [text],
    controller: {
      ...base.controller,
      image: text,
      resources: { limits: { [text]: text } },
      nodeSelector: { [text]: text },
      tolerations: [{ key: text }],
      affinity: { nodeAffinity: text },
      priorityClassName: text,
    },
    speaker: { ...base.speaker, image: text, frrImage: text, bgpExtras: text },
    monitoring: { ...base.monitoring, labels: { [text]: text }, alertLabels: { [text]: text } },
    pools: [{ name: text, spec: { addresses: [text], serviceAllocation: { namespaces: [text] }, [text]: text } }],
    bgpPeers: [{ name: text, spec: { password: text } }],
  });
}

function replaceText(value: Json, from: string, to: string): Json {
  if (typeof value === 'string') {
    return value.replaceAll(from, () => to);
  }
  if (isJsonArray(value)) {
    return value.map((item) => replaceText(item, from, to));
  }
  if (isJsonObject(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key.replaceAll(from, () => to), replaceText(item, from, to)]),
    );
  }
  return value;
}

describe('the excluded interfaces', () => {
  it('reach the speaker as YAML that holds exactly the expressions, and roll it out when they change', () => {
    const hostile = ['^lo$', '"]}\n- x', '\\d+'];
    const base = sampleEnvironment().metallb.speaker;
    const manifests = render({ speaker: { ...base, excludedInterfaces: hostile } });
    const data = textAt(objectOf(manifests, 'ConfigMap', 'metallb-excludel2'), 'data', 'excludel2.yaml') ?? '';
    expect(load(data)).toEqual({ announcedInterfacesToExclude: hostile });
    const annotation = (set: readonly Manifest[]): Json | undefined =>
      valueAt(objectOf(set, 'DaemonSet', 'speaker'), 'spec', 'template', 'metadata', 'annotations');
    expect(annotation(manifests)).not.toEqual(annotation(render()));
  });
});
