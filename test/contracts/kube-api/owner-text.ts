import type { ApiAnswer } from './api-client.ts';
import { at } from './fixtures.ts';
import type { Fields } from './fixtures.ts';

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A record of fields as one reads it: `data{x y}`, `spec{. ports{k:{"port":1}{. name}}}`. */
function fieldText(record: unknown): string {
  const entries = isFields(record) ? Object.entries(record) : [];
  return entries
    .map(([element, below]) => {
      const inner = fieldText(below);
      const name = element.startsWith('f:') ? element.slice(2) : element;
      return inner === '' ? name : `${name}{${inner}}`;
    })
    .join(' ');
}

/**
 * Who owns what of an object: `m1 Apply v1: data{x}`, `m2 Update v1 status: status{ready}`. Sorted: the record itself is
 * ordered by the second of the last write, which differs from run to run.
 */
export function ownersIn(answer: ApiAnswer): readonly string[] {
  const entries = at(answer, 'metadata.managedFields');
  const texts = (Array.isArray(entries) ? (entries as readonly Fields[]) : []).map((entry) => {
    const place = ['manager', 'operation', 'apiVersion', 'subresource'].map((name) => entry[name]);
    const words = place.filter((word) => typeof word === 'string').map((word) => word.replace(/^.*\//u, ''));
    return `${words.join(' ')}: ${fieldText(entry['fieldsV1'])}`;
  });
  return texts.toSorted();
}
