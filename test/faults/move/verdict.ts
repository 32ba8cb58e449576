import { rangeSetOf, differenceOf, setsOverlap, unionOf } from '../../../src/domain/address/range-set.ts';
import { decodePool } from '../../../src/domain/allocation/pool-view.ts';
import { decodeHistory } from '../../../src/domain/history/decode-history.ts';
import type { RunRecord } from '../../../src/domain/history/history.ts';
import { listAt, textAt } from '../../../src/domain/json.ts';
import { asJson, type KubeObject } from '../../../src/domain/manifest/kube-object.ts';
import type { ClusterState } from '../../road/cluster-state.ts';
import type { EndState } from '../../road/kill.ts';
import { heldRanges } from './configuration.ts';

const metallb = 'metallb.io/v1beta1';
const held = rangeSetOf(
  heldRanges.flatMap(
    (range) =>
      decodePool({
        apiVersion: metallb,
        kind: 'IPAddressPool',
        metadata: { name: 'held' },
        spec: { addresses: [range] },
      }).ranges,
  ),
);

/** What a finished run leaves, in a form that two runs can be compared by. */
export interface Ending {
  readonly objects: EndState;
  readonly inventory: string;
  readonly runs: readonly RunRecord[];
}

export async function readEnding(state: ClusterState): Promise<Ending> {
  const [objects, { entries, revision }, configMaps] = await Promise.all([
    state.ours(),
    state.inventory('dev'),
    state.list('v1', 'ConfigMap', 'metalwave-system'),
  ]);
  const decoded = decodeHistory(
    'dev',
    configMaps.find(({ metadata }) => metadata.name === 'history-dev'),
  );
  if (decoded.state !== 'usable') {
    throw new Error(`the history cannot be used: ${decoded.reason}`);
  }
  const live = await state.objects();
  const known = [...entries].map(([key, entry]) => {
    const there = live.get(key)?.metadata.uid;
    return `${key} ${entry.state} ${entry.hash} ${entry.uid === there ? 'live' : 'another uid'}`;
  });
  return {
    objects,
    inventory: [...known.toSorted(), `revision ${revision ?? ''}`].join('\n'),
    runs: decoded.history.runs,
  };
}

/** Runs that came to their end, without times and names of their own. */
function told(runs: readonly RunRecord[]): string {
  return runs
    .filter(({ outcome }) => outcome === 'healthy')
    .map(({ kind, revision, renderedHash }) => `${kind} ${revision} ${renderedHash}`)
    .filter((line, index, lines) => line !== lines[index - 1])
    .join('\n');
}

/** Everything in which an ending differs from an undisturbed one. A run that was stopped may show, as what it was. */
export function differences(ending: Ending, undisturbed: Ending): readonly string[] {
  const keys = new Set([...undisturbed.objects.keys(), ...ending.objects.keys()]);
  const wrong = [...keys].flatMap((key) => {
    const [wanted, is] = [undisturbed, ending].map(({ objects }) => JSON.stringify(objects.get(key)));
    return wanted === is ? [] : [`${key} is ${is ?? 'absent'} where ${wanted ?? 'nothing'} was expected`];
  });
  if (ending.inventory !== undisturbed.inventory) {
    wrong.push(`inventory:\n${ending.inventory}\nwhere this was expected:\n${undisturbed.inventory}`);
  }
  if (told(ending.runs) !== told(undisturbed.runs)) {
    wrong.push(`history:\n${told(ending.runs)}\nwhere this was expected:\n${told(undisturbed.runs)}`);
  }
  if (ending.runs.at(-1)?.outcome !== 'healthy' || ending.runs.some(({ outcome }) => outcome === 'running')) {
    wrong.push(`history: the runs are ${ending.runs.map(({ outcome }) => outcome).join(', ')}`);
  }
  return wrong;
}

function poolsWithOverlap(pools: readonly KubeObject[]): number {
  const sets = pools.map((pool) => decodePool(pool).addresses.set);
  return sets.flatMap((set, index) => sets.slice(index + 1).filter((other) => setsOverlap(set, other))).length;
}

/**
 * Whether MetalLB would take an address away at this moment, or stop advertising it. While pools overlap it takes nothing
 * new and keeps what it has.
 */
export async function losesNow(state: ClusterState): Promise<boolean> {
  const [pools, advertisements] = await Promise.all([
    state.list(metallb, 'IPAddressPool'),
    state.list(metallb, 'L2Advertisement'),
  ]);
  if (poolsWithOverlap(pools) > 0) {
    return false;
  }
  const named = new Set(advertisements.flatMap((one) => listAt(asJson(one), 'spec', 'ipAddressPools')));
  const spokenFor = pools.filter(({ metadata }) => named.has(metadata.name));
  const covered = unionOf(...spokenFor.map((pool) => decodePool(pool).addresses.set));
  return differenceOf(held, covered).ranges.length > 0;
}

function addressOf(service: KubeObject): string | undefined {
  return textAt(asJson(service), 'status', 'loadBalancer', 'ingress', 0, 'ip');
}

/** Addresses of Services, and resourceVersions, which tell of every change in between. */
export async function readServices(state: ClusterState): Promise<ReadonlyMap<string, string>> {
  const services = await state.list('v1', 'Service', 'default');
  return new Map(
    services
      .filter((one) => textAt(asJson(one), 'spec', 'type') === 'LoadBalancer')
      .map((one) => [one.metadata.name, `${addressOf(one) ?? 'none'} ${one.metadata.resourceVersion ?? ''}`]),
  );
}

/** Addresses that two pools or two Services hold. */
export async function doubledNow(state: ClusterState): Promise<number> {
  const words = [...(await readServices(state)).values()].map((line) => line.split(' ')[0]);
  const addresses = words.filter((word) => word !== 'none');
  return poolsWithOverlap(await state.list(metallb, 'IPAddressPool')) + addresses.length - new Set(addresses).size;
}
