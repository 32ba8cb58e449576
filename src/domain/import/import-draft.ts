import { defaultNamespace } from '../environment/metallb-defaults.ts';
import { isJsonObject, type Json, type JsonObject, textAt } from '../json.ts';
import type { ConfigListName } from '../metallb/kind.ts';
import type { FoundResource } from '../plain-manifests/contribution.ts';
import type { Origin } from '../plain-manifests/origin.ts';
import { carriedLabels } from './carried-labels.ts';
import type { EnvironmentDraft } from './environment-text.ts';
import type { ImportedSettings, ImportNote } from './imported.ts';
import { merged } from './settings.ts';

/** Everything an imported environment is made of. */
export interface ImportContent {
  readonly name: string;
  /** What was read: `clusters/home/metallb`, `the cluster home`. */
  readonly source: string;
  /** Context of the kubeconfig that the environment is to use. */
  readonly context: string | undefined;
  readonly namespace: string | undefined;
  readonly resources: readonly FoundResource[];
  readonly settings: readonly ImportedSettings[];
  readonly notes: readonly ImportNote[];
  /** Whether Metalwave is to install MetalLB, and why. */
  readonly install: { readonly value: boolean; readonly because: string };
  readonly where: (origin: Origin | undefined) => string;
}

/** More are told on the terminal only. */
const mostNotes = 40;

/** The file that an import writes. */
export function importDraft(content: ImportContent): EnvironmentDraft {
  const { name, source, context, resources, where } = content;
  return {
    name,
    head: [
      `Environment ${name}, imported from ${source}. Names are as they were; each part says where it was read.`,
      ...noteParagraphs(content),
    ],
    around: context === undefined ? {} : { cluster: { context } },
    settings: settingsOf(content),
    resources: listsOf(resources, where),
  };
}

function noteParagraphs({ notes, where }: ImportContent): readonly string[] {
  if (notes.length === 0) {
    return [];
  }
  const shown = notes
    .slice(0, mostNotes)
    .map(({ origin, message }) => `- ${origin === undefined ? '' : `${where(origin)}: `}${message}`);
  const more = notes.length - shown.length;
  return ['To look at:', ...shown, ...(more > 0 ? [`- and ${String(more)} more`] : [])];
}

type Settings = Map<string, { readonly comment: string | undefined; readonly value: Json }>;

function settingsOf({ settings, install, namespace, where }: ImportContent): Settings {
  const drafted: Settings = new Map();
  drafted.set('install', { comment: install.because, value: install.value });
  for (const { values, origin } of settings) {
    for (const [key, value] of Object.entries(values)) {
      const before = drafted.get(key)?.value;
      const both = isJsonObject(before) && isJsonObject(value) ? merged(before, value) : value;
      drafted.set(key, { comment: key === 'version' ? undefined : `From ${where(origin)}.`, value: both });
    }
  }
  if (namespace !== undefined && namespace !== defaultNamespace) {
    drafted.set('namespace', { comment: undefined, value: namespace });
  } else {
    drafted.delete('namespace');
  }
  return drafted;
}

const unannounced =
  'Nothing announced these pools where they come from. An empty list keeps it so; without it one L2Advertisement would cover all pools.';

function listsOf(resources: readonly FoundResource[], where: ImportContent['where']): EnvironmentDraft['resources'] {
  const lists = new Map<ConfigListName, { comment: string | undefined; value: Commented[] }>();
  for (const resource of resources) {
    const list = lists.get(resource.list) ?? { comment: undefined, value: [] };
    lists.set(resource.list, list);
    list.value.push({ comment: `${resource.kind} from ${where(resource.origin)}`, value: itemOf(resource) });
  }
  const announces = lists.has('l2Advertisement') || lists.has('bgpAdvertisement');
  if (lists.has('ipAddressPool') && !announces) {
    lists.set('l2Advertisement', { comment: unannounced, value: [] });
  }
  return lists;
}

interface Commented {
  readonly comment: string;
  readonly value: JsonObject;
}

/** The name first, then the labels, then the fields of the spec. */
function itemOf(resource: FoundResource): JsonObject {
  const { value } = resource;
  const name = textAt(value, 'name');
  const labels = carriedLabels(resource);
  return {
    ...(name === undefined ? {} : { name }),
    ...(Object.keys(labels).length === 0 ? {} : { labels }),
    ...value,
  };
}
