import { formatAddress } from '../address/ip-address.ts';
import { managedByLabel, managedByValue } from '../identity.ts';
import { isJsonObject, valueAt } from '../json.ts';
import { asJson, type KubeObject } from '../manifest/kube-object.ts';
import {
  addressAt,
  type Block,
  type BlockEntry,
  blockName,
  blockOfName,
  blockSize,
  emptyBlock,
  entryKey,
  entrySize,
} from './block.ts';
import { readEntry } from './claim-text.ts';

const stateLabel = 'metalwave.io/state';
const stateValue = 'claims';

/** Selects the ConfigMaps that hold claims. */
export const claimsSelector: string = `${stateLabel}=${stateValue}`;

/** The block as a ConfigMap. Equal blocks give equal texts. */
export function encodeBlock(block: Block, namespace: string): KubeObject {
  const entries = [...block.entries].toSorted(([left], [right]) => left - right);
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: blockName(block.prefix),
      namespace,
      labels: { [managedByLabel]: managedByValue, [stateLabel]: stateValue },
    },
    data: Object.fromEntries(entries.map(([offset, { text }]) => [entryKey(offset), text])),
  };
}

/**
 * Reads a block; undefined where the name is no block's. Never throws: what cannot be read is a `problem` of its entry, or
 * of the whole block where nobody can tell which address it is about. `before` is an earlier reading of the same block,
 * whose unchanged entries are taken over.
 */
export function decodeBlock(configMap: KubeObject, before?: Block): Block | undefined {
  const prefix = blockOfName(configMap.metadata.name);
  if (prefix === undefined) {
    return undefined;
  }
  const json = asJson(configMap);
  const data = valueAt(json, 'data') ?? {};
  if (!isJsonObject(data)) {
    return { ...emptyBlock(prefix), problem: 'its data is no mapping' };
  }
  if (valueAt(json, 'binaryData') !== undefined) {
    return { ...emptyBlock(prefix), problem: 'it holds binary data' };
  }
  const entries = new Map<number, BlockEntry>();
  let size = 0;
  for (const [key, text] of Object.entries(data)) {
    if (!/^[0-3][0-9a-f]$/u.test(key) || typeof text !== 'string') {
      return { ...emptyBlock(prefix), problem: `its key ${JSON.stringify(key.slice(0, 60))} names no address` };
    }
    const offset = Number.parseInt(key, 16);
    const known = before?.entries.get(offset);
    const entry = known?.text === text ? known : readEntry(text, addressAt(prefix, offset));
    entries.set(offset, entry);
    size += entrySize(entry);
  }
  return { prefix, entries, size };
}

/** What is wrong with a stored block, one sentence each, with the addresses that are not given until it is mended. */
export function blockProblems(block: Block): readonly string[] {
  const name = `ConfigMap ${blockName(block.prefix)}`;
  if (block.problem !== undefined) {
    return [`${name} cannot be used: ${block.problem}. None of its ${blockSize} addresses is given.`];
  }
  return [...block.entries].flatMap(([offset, { problem }]) => {
    const address = formatAddress(addressAt(block.prefix, offset));
    return problem === undefined
      ? []
      : [`Key ${entryKey(offset)} of ${name} cannot be used: ${problem}. ${address} is not given.`];
  });
}
