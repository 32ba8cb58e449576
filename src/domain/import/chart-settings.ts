import { isJsonArray, isJsonObject, type Json, type JsonObject, listAt, textAt, valueAt } from '../json.ts';
import { lineOf, releaseOf } from '../metallb/release.ts';
import { legacyConfig } from '../plain-manifests/legacy-config.ts';
import { originBelow } from '../plain-manifests/origin.ts';
import { chartDefaults, reasonFor } from './chart-leftovers.ts';
import type { ChartValues } from './chart-values.ts';
import { emptyPart, type ImportedPart, type ImportNote } from './imported.ts';
import { notesOf } from './notes-of-findings.ts';
import { merged, nested } from './settings.ts';

type Path = readonly string[];

/** Where a value of the chart stands in the config; `as` gives undefined where there is nothing to write. */
interface Carried {
  readonly from: Path;
  readonly to: Path;
  readonly as?: (value: Json, values: JsonObject) => Json | undefined;
}

const onlyTrue = (value: Json): Json | undefined => (value === false ? undefined : value);

const workload = (program: 'controller' | 'speaker'): readonly Carried[] => [
  ...['logLevel', 'resources', 'nodeSelector', 'tolerations', 'affinity', 'priorityClassName'].map((key) => ({
    from: [program, key],
    to: [program, key],
  })),
  { from: [program, 'image', 'repository'], to: [program, 'image'], as: (_, values) => imageOf(values, program) },
  { from: [program, 'image', 'tag'], to: [program, 'image'], as: (_, values) => imageOf(values, program) },
  { from: [program, 'image', 'pullPolicy'], to: ['imagePullPolicy'] },
];

const monitoringKinds = ['serviceMonitor', 'podMonitor', 'prometheusRule'] as const;

/** Everything that has a place. Of two values for one place the later row wins. */
const carried: readonly Carried[] = [
  { from: ['loadBalancerClass'], to: ['loadBalancerClass'] },
  { from: ['imagePullSecrets'], to: ['imagePullSecrets'], as: secretNames },
  ...workload('controller'),
  ...workload('speaker'),
  {
    from: ['controller', 'webhookMode'],
    to: ['controller', 'webhook'],
    as: (value) => (value === 'disabled' ? undefined : true),
  },
  { from: ['speaker', 'memberlist', 'enabled'], to: ['speaker', 'memberlist', 'enabled'] },
  { from: ['speaker', 'memberlist', 'mlBindPort'], to: ['speaker', 'memberlist', 'port'] },
  { from: ['speaker', 'ignoreExcludeLB'], to: ['speaker', 'ignoreExcludeLabel'], as: onlyTrue },
  {
    from: ['speaker', 'excludeInterfaces', 'enabled'],
    to: ['speaker', 'excludedInterfaces'],
    as: (value) => (value === false ? [] : undefined),
  },
  { from: ['speaker', 'frr', 'enabled'], to: ['bgp', 'backend'], as: (value) => (value === true ? 'frr' : undefined) },
  { from: ['frrk8s', 'enabled'], to: ['bgp', 'backend'], as: (value) => (value === true ? 'frr-k8s' : undefined) },
  { from: ['speaker', 'frr', 'image', 'tag'], to: ['speaker', 'frr', 'image'], as: frrImage },
  ...monitoringKinds.flatMap((kind): readonly Carried[] => [
    { from: ['prometheus', kind, 'enabled'], to: ['monitoring', 'enabled'], as: anyMonitoring },
    { from: ['prometheus', kind, 'interval'], to: ['monitoring', 'interval'] },
    { from: ['prometheus', kind, 'additionalLabels'], to: ['monitoring', 'labels'] },
  ]),
  ...['controller', 'speaker'].map((program) => ({
    from: ['prometheus', 'serviceMonitor', program, 'additionalLabels'],
    to: ['monitoring', 'labels'],
  })),
];

function secretNames(value: Json): Json | undefined {
  const names = isJsonArray(value)
    ? value.flatMap((each) => (typeof each === 'string' ? [each] : [textAt(each, 'name') ?? []])).flat()
    : [];
  return names.length === 0 ? undefined : names;
}

/** An image by repository and tag. Without a tag it would be that of the chart, and which that is nobody knows here. */
function imageOf(values: JsonObject, program: 'controller' | 'speaker'): Json | undefined {
  const tag = textAt(values, program, 'image', 'tag') ?? '';
  const repository = textAt(values, program, 'image', 'repository') ?? '';
  const known = /^v?\d+\.\d+\.\d+/u.test(tag) ? lineOf(tag) !== undefined : tag !== '';
  const separator = tag.startsWith('sha256:') ? '@' : ':';
  return known ? `${repository === '' ? `quay.io/metallb/${program}` : repository}${separator}${tag}` : undefined;
}

function frrImage(tag: Json, values: JsonObject): Json | undefined {
  const repository = textAt(values, 'speaker', 'frr', 'image', 'repository') ?? 'quay.io/frrouting/frr';
  const isUsed = valueAt(values, 'speaker', 'frr', 'enabled') === true;
  return isUsed && typeof tag === 'string' && tag !== '' ? `${repository}:${tag}` : undefined;
}

function anyMonitoring(_: Json, values: JsonObject): Json {
  return monitoringKinds.some((kind) => valueAt(values, 'prometheus', kind, 'enabled') === true);
}

/** What says nothing: Helm takes it for absent. */
function isNothing(value: Json): boolean {
  return value === null || value === '' || (typeof value === 'object' && Object.keys(value).length === 0);
}

/** Every setting that is not one of the chart's own defaults, by its path. */
function leavesOf(value: Json, path: Path = []): readonly Path[] {
  if (isNothing(value) || chartDefaults.get(path.join('.')) === value) {
    return [];
  }
  const isWhole = carried.some(({ from }) => from.join('.') === path.join('.'));
  return isJsonObject(value) && !isWhole
    ? Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, [...path, key]))
    : [path];
}

/** What the values of MetalLB's chart mean to an environment, and what has no place in one. */
export function importChartValues(chart: ChartValues): ImportedPart {
  const { configInline, ...values } = chart.values;
  const leaves = leavesOf(values);
  const settings = carried.flatMap(({ from, to, as }) => {
    const value = valueAt(values, ...from);
    if (value === undefined || isNothing(value)) {
      return [];
    }
    const written = as === undefined ? value : as(value, values);
    return written === undefined ? [] : [{ from, value: nested(to, written) }];
  });
  const taken = new Set(settings.map(({ from }) => from.join('.')));
  const all = settings.reduce<JsonObject>((sum, { value }) => merged(sum, value), {});
  const programs: JsonObject = { ...all, ...releaseSettings(chart) };
  const legacy = isJsonObject(configInline)
    ? legacyConfig(configInline, originBelow(chart.origin, 'configInline'), undefined)
    : { resources: [], findings: [] };
  return {
    ...emptyPart,
    resources: legacy.resources,
    settings: Object.keys(programs).length === 0 ? [] : [{ values: programs, origin: chart.origin }],
    notes: [...notesOf(legacy.findings), ...leftovers(chart, leaves, taken), ...versionNotes(chart)],
    isLegacy: isJsonObject(configInline),
  };
}

/** The release by the chart's version, else by the tag of the controller's image. */
function releaseSettings({ namespace, version, values }: ChartValues): JsonObject {
  const tag = textAt(values, 'controller', 'image', 'tag');
  const known = [version, tag].find((each) => each !== undefined && isExact(each) && lineOf(each) !== undefined);
  return {
    ...(namespace === undefined ? {} : { namespace }),
    ...(known === undefined ? {} : { version: releaseOf(known) }),
  };
}

const isExact = (version: string): boolean => /^v?\d+\.\d+\.\d+$/u.test(version);

/** One note for what stands below one setting of the chart. */
function leftovers(chart: ChartValues, leaves: readonly Path[], taken: ReadonlySet<string>): readonly ImportNote[] {
  const left = new Map<string, Path>();
  for (const leaf of leaves.filter((each) => !taken.has(each.join('.')) && !isAnswered(chart.values, each))) {
    const path = leaf.slice(0, leaf[0] === 'prometheus' ? 3 : 2);
    left.set(path.join('.'), path);
  }
  return [...left].map(([name, path]) => {
    const { why, remedy } = reasonFor(name);
    return { origin: originBelow(chart.origin, ...path), message: `${name} is not carried over: ${why}.`, remedy };
  });
}

/** A setting whose answer is what an environment does without being asked. */
function isAnswered(values: JsonObject, path: Path): boolean {
  const name = path.join('.');
  const value = valueAt(values, ...path);
  const off = ['speaker.frr.enabled', 'frrk8s.enabled', 'speaker.ignoreExcludeLB', 'prometheus.scrapeAnnotations'];
  return (
    (off.includes(name) && value === false) ||
    (name === 'speaker.excludeInterfaces.enabled' && value === true) ||
    (name === 'controller.webhookMode' && value === 'disabled') ||
    (/^(?:controller|speaker)\.image\.(?:repository)$/u.test(name) &&
      imageOf(values, path[0] === 'speaker' ? 'speaker' : 'controller') !== undefined) ||
    (name === 'speaker.frr.image.repository' &&
      listAt(values, ...path).length === 0 &&
      frrImage(valueAt(values, 'speaker', 'frr', 'image', 'tag') ?? '', values) !== undefined)
  );
}

function versionNotes({ version, origin }: ChartValues): readonly ImportNote[] {
  const exact = version !== undefined && isExact(version);
  return exact && lineOf(version) === undefined
    ? [
        {
          origin,
          message: `The chart is MetalLB ${version}, which Metalwave does not manage.`,
          remedy: 'The environment gets a release that it does manage; metallb.version chooses another.',
        },
      ]
    : [];
}
