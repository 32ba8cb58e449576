import type { FindingCode } from '../finding/finding-codes.ts';
import type { DocumentPlace, Finding } from '../finding/finding.ts';
import { pointerOf } from '../finding/place-finding.ts';
import { listAt, textAt } from '../json.ts';
import type { FoundResource } from './contribution.ts';
import type { ManifestSet } from './manifest-set.ts';
import { manifestWords } from './manifest-words.ts';
import { findingAt, type Origin, placeOf } from './origin.ts';
import { isPlaceholder, placeholdersIn } from './placeholders.ts';

/** Pointers from a place up to the root, itself first. */
function* upwards(pointer: string): Generator<string, void, undefined> {
  for (let here = pointer; here !== ''; here = here.slice(0, here.lastIndexOf('/'))) {
    yield here;
  }
}

function originOf(set: ManifestSet, pointer: string): Origin | undefined {
  for (const here of upwards(pointer)) {
    const origin = set.origins.get(here);
    if (origin !== undefined) {
      const below = pointer.slice(here.length);
      return below === '' ? origin : deeper(origin, below);
    }
  }
  return undefined;
}

function deeper(origin: Origin, below: string): Origin {
  const steps = below
    .slice(1)
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  return origin.inner === undefined
    ? { ...origin, path: [...origin.path, ...steps] }
    : { ...origin, inner: [...origin.inner, ...steps] };
}

function resourceAt(set: ManifestSet, pointer: string): FoundResource | undefined {
  for (const here of upwards(pointer)) {
    const resource = set.byPointer.get(here);
    if (resource !== undefined) {
      return resource;
    }
  }
  return undefined;
}

/** What is known of the whole, once for all findings. */
interface Outlook {
  readonly filled: ReadonlySet<string>;
  readonly poolsAreOpen: boolean;
  readonly namesAreOpen: boolean;
  readonly duplicates: ReadonlySet<FoundResource>;
  readonly counts: (list: string) => number;
}

function outlook(set: ManifestSet): Outlook {
  const names = listAt(set.config, 'metallb', 'ipAddressPool').map((pool) => textAt(pool, 'name') ?? '');
  const advertisements = set.resources.filter((each) => each.list.endsWith('Advertisement'));
  const referred = advertisements.flatMap((each) => listAt(each.value, 'ipAddressPools'));
  return {
    filled: new Set(placeholdersIn(set.config).map(({ path }) => pointerOf(path))),
    poolsAreOpen: names.some((name) => isPlaceholder(name)),
    namesAreOpen:
      referred.some((name) => typeof name === 'string' && isPlaceholder(name)) ||
      advertisements.some((each) => isPlaceholder(textAt(each.value, 'ipAddressPools') ?? '')),
    duplicates: duplicates(set),
    counts: (list) => listAt(set.config, 'metallb', list).length,
  };
}

/** Resources with kind, namespace and name of an earlier one. */
function duplicates(set: ManifestSet): ReadonlySet<FoundResource> {
  const seen = new Set<string>();
  return new Set(
    set.resources.filter((each) => {
      const identity = JSON.stringify([each.list, each.namespace ?? '', each.value['name'] ?? '']);
      const known = seen.has(identity);
      seen.add(identity);
      return known;
    }),
  );
}

/**
 * Findings over the joined configuration, at the very places of the manifests they come from, in their words. What another
 * program is yet to fill in is not judged; and where the manifests may be only a part of what a cluster gets, what is
 * missing among them is told, not held against them.
 */
export function carryBack(
  set: ManifestSet,
  findings: readonly Finding<DocumentPlace>[],
): readonly Finding<DocumentPlace>[] {
  const view = outlook(set);
  const carried = findings.flatMap((finding) => {
    const { pointer, part } = finding.place;
    const origin = originOf(set, pointer);
    const open = [...upwards(pointer)].some((here) => view.filled.has(here));
    const reconsider = reconsidered.get(finding.code) ?? keep;
    const judged = origin === undefined || open ? undefined : reconsider(set, view, finding);
    return judged === undefined || origin === undefined
      ? []
      : [
          {
            ...judged,
            message: manifestWords(set, judged.message),
            remedy: manifestWords(set, judged.remedy),
            place: placeOf(origin, part),
          },
        ];
  });
  return [...carried, ...placeholderFindings(set)];
}

const keep: Reconsider = (_, __, finding) => finding;

type Reconsider = (
  set: ManifestSet,
  view: Outlook,
  finding: Finding<DocumentPlace>,
) => Finding<DocumentPlace> | undefined;

const wanted: Reconsider = (_, view, finding) => weaker(finding, 'warning', view.counts('ipAddressPool') === 0);

/** Findings that mean less where the manifests may not be all there is. */
const reconsidered: ReadonlyMap<FindingCode, Reconsider> = new Map<FindingCode, Reconsider>([
  [
    'name-duplicate',
    (set, view, finding) => {
      const resource = resourceAt(set, finding.place.pointer);
      return resource !== undefined && view.duplicates.has(resource) ? finding : undefined;
    },
  ],
  [
    'pool-unknown',
    (_, view, finding) => (view.poolsAreOpen ? undefined : weaker(finding, 'info', view.counts('ipAddressPool') === 0)),
  ],
  [
    'bgp-peer-idle',
    (_, view, finding) => lonely(view, finding, view.counts('l2Advertisement') + view.counts('bgpAdvertisement') === 0),
  ],
  ['bgp-advertisement-idle', (_, view, finding) => lonely(view, finding, true)],
  ['pool-selector-unmatched', (_, view, finding) => weaker(finding, 'info', view.counts('ipAddressPool') === 0)],
  ['peer-unknown', (_, view, finding) => weaker(finding, 'info', view.counts('bgpPeer') === 0)],
  ['bfd-profile-unknown', wanted],
  ['community-unknown', wanted],
  ['pool-not-advertised', (set, view, finding) => (view.namesAreOpen ? undefined : notAdvertised(set, view, finding))],
  [
    'field-not-in-version',
    (set, _, finding) => weaker(finding, 'warning', textAt(set.config, 'metallb', 'version') === undefined),
  ],
]);

/** Without pools the files are surely a part of the whole; with them what is missing may still be elsewhere. */
function lonely(view: Outlook, finding: Finding<DocumentPlace>, excerpt: boolean): Finding<DocumentPlace> | undefined {
  return view.counts('ipAddressPool') === 0 ? undefined : weaker(finding, 'info', excerpt);
}

/** What an excerpt refers to may stand elsewhere. */
function weaker(
  finding: Finding<DocumentPlace>,
  severity: 'warning' | 'info',
  excerpt: boolean,
): Finding<DocumentPlace> {
  if (!excerpt) {
    return finding;
  }
  const message = finding.message.replace(/, which does not exist; .*$/, ', which is not among these files.');
  const remedy = 'Validate it together with the files that hold what it names.';
  return message === finding.message ? { ...finding, severity } : { ...finding, severity, message, remedy };
}

/** Without any advertisement the files are likely a part of the whole. */
function notAdvertised(set: ManifestSet, view: Outlook, finding: Finding<DocumentPlace>): Finding<DocumentPlace> {
  if (view.counts('l2Advertisement') + view.counts('bgpAdvertisement') > 0) {
    return finding;
  }
  const name = textAt(resourceAt(set, finding.place.pointer)?.value, 'name') ?? '';
  return {
    ...finding,
    severity: 'info',
    message: `No advertisement is among these files: unless one is elsewhere, nobody can reach the addresses of pool ${name}.`,
    remedy: 'Add an L2Advertisement or a BGPAdvertisement, or validate it together with this file.',
  };
}

function placeholderFindings(set: ManifestSet): readonly Finding<DocumentPlace>[] {
  return placeholdersIn(set.config).flatMap(({ path, text }) => {
    const origin = originOf(set, pointerOf(path));
    const short = text.length > 60 ? `${text.slice(0, 60)}…` : text;
    const shown = path.at(-1) === 'password' ? 'The value' : short;
    return origin === undefined
      ? []
      : [
          findingAt(origin, {
            code: 'placeholder',
            message: `${shown} is a placeholder: it is not judged.`,
            remedy:
              'Validate what the deploying tool makes of it, such as the output of kustomize build or flux build.',
          }),
        ];
  });
}
