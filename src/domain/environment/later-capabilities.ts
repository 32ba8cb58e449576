import { type Json, jsonEqual, type JsonObject, valueAt } from '../json.ts';
import type { Remark } from '../finding/place-finding.ts';

/**
 * Keys that are part of the schema before anything acts on them, with the value that asks for nothing. A capability that
 * arrives takes its line out.
 */
const later: readonly { readonly path: readonly string[]; readonly neutral: Json | undefined }[] = [
  { path: ['sync', 'automated'], neutral: false },
  { path: ['sync', 'selfHeal'], neutral: false },
  { path: ['sync', 'windows'], neutral: [] },
  { path: ['promotion', 'from'], neutral: undefined },
  { path: ['promotion', 'gates'], neutral: [] },
  { path: ['services'], neutral: [] },
];

/** One warning for every such key that is set to something. */
export function withoutEffectYet(config: JsonObject): readonly Remark[] {
  return later.flatMap(({ path, neutral }) => {
    const value = valueAt(config, ...path);
    if (value === undefined || jsonEqual(value, neutral)) {
      return [];
    }
    const name = path.join('.');
    return [
      {
        code: 'no-effect-yet',
        path,
        part: 'key',
        message: `${name} is understood, but this release does not act on it.`,
        remedy: `Leave it if it is meant for a later release, or remove ${name}.`,
      },
    ];
  });
}
