import { defaultNamespace } from '../environment/metallb-defaults.ts';
import { isJsonObject, type Json, type JsonObject, listAt, textAt, valueAt } from '../json.ts';
import { metalLbGroup } from '../metallb/api.ts';

/** `metallb`, `metallb/metallb`, `oci://registry.example.com/charts/metallb`. */
function isChart(name: string | undefined): boolean {
  return name !== undefined && /(?:^|\/)metallb$/u.test(name);
}

/** Values of MetalLB's chart, or of one that has it below the key `metallb`. */
function isValues(value: Json | undefined): boolean {
  return isJsonObject(value) && ['speaker', 'frrk8s'].some((key) => isJsonObject(value[key]));
}

function isApplicationOf(value: JsonObject): boolean {
  const spec = valueAt(value, 'spec');
  const sources = [valueAt(spec, 'source'), ...listAt(spec, 'sources')];
  return sources.some((source) => isChart(textAt(source, 'chart')));
}

function isKustomizationOf(value: JsonObject): boolean {
  const named = ['resources', 'bases'].flatMap((key) => listAt(value, key));
  return (
    named.some((each) => typeof each === 'string' && each.includes('metallb/metallb')) ||
    listAt(value, 'helmCharts').some((chart) => isChart(textAt(chart, 'name')))
  );
}

const byKind: ReadonlyMap<string | undefined, (value: JsonObject) => boolean> = new Map([
  ['HelmChart', (value: JsonObject) => isChart(textAt(value, 'spec', 'chart'))],
  ['HelmChartConfig', (value: JsonObject) => isChart(textAt(value, 'metadata', 'name'))],
  ['HelmRelease', (value: JsonObject) => isChart(textAt(value, 'spec', 'chart', 'spec', 'chart'))],
  ['Application', isApplicationOf],
  ['Kustomization', isKustomizationOf],
  ['Namespace', (value: JsonObject) => textAt(value, 'metadata', 'name') === defaultNamespace],
  [
    'CustomResourceDefinition',
    (value: JsonObject) => textAt(value, 'metadata', 'name')?.endsWith(`.${metalLbGroup}`) === true,
  ],
  [undefined, (value: JsonObject) => isValues(value) || isValues(valueAt(value, 'metallb'))],
]);

/**
 * True for what installs MetalLB or belongs to it and configures nothing of it: there is nothing to judge in it, and yet
 * whoever names its file named the right one.
 */
export function isAroundMetalLb(value: Json): boolean {
  if (!isJsonObject(value)) {
    return false;
  }
  const group = (textAt(value, 'apiVersion') ?? '').replace(/\/.*$/u, '');
  return (
    group === metalLbGroup ||
    group === `frrk8s.${metalLbGroup}` ||
    textAt(value, 'metadata', 'namespace') === defaultNamespace ||
    byKind.get(textAt(value, 'kind'))?.(value) === true
  );
}
