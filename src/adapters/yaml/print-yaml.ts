import { CORE_SCHEMA, dump, Type } from 'js-yaml';
import type { Json } from '../../domain/json.ts';
import { readCoreScalar, readPlainScalar } from '../../domain/yaml-scalar/plain-scalar.ts';

/** Makes the printer quote every text that some reader would take for something else. */
const doubtfulText = new Type('tag:metalwave.io,2026:doubtful', {
  kind: 'scalar',
  resolve: (data: unknown) =>
    typeof data === 'string' &&
    (data === '<<' || readPlainScalar(data).kind !== 'text' || readCoreScalar(data).kind !== 'text'),
  predicate: () => false,
});
const schema = CORE_SCHEMA.extend({ implicit: [doubtfulText] });

/** A value as YAML for people: every reader, of version 1.1 or 1.2, gets the same value back. */
export function printYaml(value: Json): string {
  return dump(value, { schema, noRefs: true, lineWidth: -1 });
}
