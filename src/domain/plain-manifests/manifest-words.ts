import { isJsonObject, textAt } from '../json.ts';
import { metalLbApi } from '../metallb/api.ts';
import type { ManifestSet } from './manifest-set.ts';

const kindOfList = new Map(
  metalLbApi.flatMap((kind) => (kind.config === undefined ? [] : [[kind.config.key, kind.kind]])),
);

const kindWords = (list: string): string => [...kindOfList].find(([key]) => key === list)?.[1] ?? list;

/** `metallb.ipAddressPool[0].addresses[1]`, as findings over a config name a place. */
const configPlace = /metallb\.(\w+)\[(\d+)\](?:\.([^\s;]+?))?(?=[.,;:]?(?:\s|$))/g;

function placeWords(set: ManifestSet, list: string, index: string, below: string | undefined): string {
  const resource = set.byPointer.get(`/metallb/${list}/${index}`);
  const name = resource !== undefined && isJsonObject(resource.value) ? textAt(resource.value, 'name') : undefined;
  const subject = `${resource?.kind ?? kindWords(list)} ${name ?? '(no name)'}`;
  return below === undefined ? subject : `${below} of ${subject}`;
}

/** What a rule says of a config, said of manifests: resources by kind and name, and no keys that only a config has. */
export function manifestWords(set: ManifestSet, text: string): string {
  return text
    .replaceAll(/^Move \S+ to the top of the file\.$/g, 'Remove it.')
    .replaceAll(
      /^Move (\S+) to where it belongs: metallb\.(\w+)\[\]\.\S+$/g,
      (_, key: string, list: string) => `${key} is a field of ${kindWords(list)}: move it there, or remove it.`,
    )
    .replaceAll(/^Move (\S+) to where it belongs: .*$/g, 'Remove it.')
    .replaceAll(/^Name and fields of the spec stand side by side here: m/g, 'M')
    .replaceAll(/or use one of (?:(?:name|labels), )*/g, 'or use one of ')
    .replaceAll(/ stands here twice: as number \d+ and number \d+ of metallb\.\w+\./g, ' stands twice in these files.')
    .replaceAll(/an item under metallb\.(\w+)/g, (_, list: string) => `a resource of kind ${kindWords(list)}`)
    .replaceAll(/under metallb\.(\w+)/g, (_, list: string) => `as a resource of kind ${kindWords(list)}`)
    .replaceAll('Write metallb.bgp.backend: frr, or', 'Run MetalLB with FRR, or')
    .replaceAll(/Set metallb\.version to (\S+) or later/g, 'Run MetalLB $1 or later')
    .replaceAll(configPlace, (_, list: string, index: string, below: string | undefined) =>
      placeWords(set, list, index, below),
    );
}
