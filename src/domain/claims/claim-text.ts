import type { IpAddress } from '../address/ip-address.ts';
import { isJsonArray, isJsonObject, type Json } from '../json.ts';
import type { BlockEntry } from './block.ts';
import { type Claim, compareClaims, type Share } from './claim.ts';

/** Thrown and caught within this file: one place where reading ends. */
class Unreadable extends Error {}

/** One text for the claims of an address, whatever their order. */
export function entryOf(claims: readonly Claim[]): BlockEntry {
  const sorted = claims.toSorted(compareClaims);
  const holders = sorted.map(({ uid, ticket, service, share }) => ({
    uid,
    ticket,
    service,
    ...(share === undefined ? {} : { share: shareJson(share) }),
  }));
  return { text: JSON.stringify(holders), claims: sorted };
}

function shareJson({ key, backend, ports }: Share): Json {
  return { key, backend, ports: [...new Set(ports)].toSorted() };
}

/** Reads the claims of an address. What is not wholly understood, a field of a later format included, is a problem. */
export function readEntry(text: string, address: IpAddress): BlockEntry {
  try {
    const list = JSON.parse(text) as Json;
    if (!isJsonArray(list)) {
      throw new Unreadable('it is no list');
    }
    const claims = list.map((holder) => readClaim(holder, address));
    if (new Set(claims.map(({ uid }) => uid)).size < claims.length) {
      throw new Unreadable('it names a Service twice');
    }
    return { text, claims };
  } catch (error) {
    const problem = error instanceof Unreadable ? error.message : 'it is no JSON';
    return { text, claims: [], problem };
  }
}

const claimFields = ['uid', 'ticket', 'service', 'share'];
const shareFields = ['key', 'backend', 'ports'];

function readClaim(holder: Json, address: IpAddress): Claim {
  assertFields(holder, claimFields);
  const uid = textOf(holder['uid'], 'uid');
  const ticket = textOf(holder['ticket'], 'ticket');
  const service = textOf(holder['service'], 'service');
  const { share } = holder;
  return { address, uid, ticket, service, ...(share === undefined ? {} : { share: readShare(share) }) };
}

function readShare(value: Json): Share {
  assertFields(value, shareFields);
  const { backend, ports } = value;
  if (typeof backend !== 'string') {
    throw new Unreadable('its backend is no text');
  }
  if (!isJsonArray(ports)) {
    throw new Unreadable('its ports are no list');
  }
  return { key: textOf(value['key'], 'key'), backend, ports: ports.map((port) => textOf(port, 'port')) };
}

function assertFields(value: Json, known: readonly string[]): asserts value is { readonly [field: string]: Json } {
  if (!isJsonObject(value)) {
    throw new Unreadable('it holds something that is no mapping');
  }
  const strange = Object.keys(value).find((field) => !known.includes(field));
  if (strange !== undefined) {
    throw new Unreadable(`it has the unknown field ${JSON.stringify(strange.slice(0, 60))}`);
  }
}

function textOf(value: Json | undefined, field: string): string {
  if (typeof value !== 'string' || value === '') {
    throw new Unreadable(`it has no ${field}`);
  }
  return value;
}
