import type { DocumentPath } from '../finding/place-finding.ts';
import { isJsonArray, isJsonObject, type Json } from '../json.ts';

/** A text that another program is to fill in before MetalLB sees it. */
export interface Placeholder {
  readonly path: DocumentPath;
  readonly text: string;
}

/**
 * The forms that are seen in repositories: `${VAR}` and `$VAR` (Flux, envsubst, policy generators), `$(VAR)` (Kustomize),
 * `{{ … }}` (Helm, Jinja), `_replaced_` (Kustomize replacements), `ENC[AES256_GCM,…]` (SOPS), `<VALUE>` and `%VALUE%`
 * (hand-made). The lengths are bounded so that no text makes the search slow.
 */
const placeholder =
  /\$\{[^}]{0,200}\}|\$\([^)]{0,200}\)|\{\{|\{%|<[A-Za-z_][\w .-]{0,100}>|%[A-Z_]{2,60}%|^\$[A-Za-z_]\w*$|_replaced_|^ENC\[[A-Z0-9_]{1,40},data:/;

export function isPlaceholder(text: string): boolean {
  return placeholder.test(text);
}

/** True for the text of a file that is a template as a whole and is no YAML before it is rendered. */
export function isTemplate(text: string): boolean {
  return /\{\{|\{%/.test(text);
}

/** Every placeholder in a value, in document order. */
export function placeholdersIn(value: Json, path: DocumentPath = []): readonly Placeholder[] {
  if (typeof value === 'string') {
    return isPlaceholder(value) ? [{ path, text: value }] : [];
  }
  if (isJsonArray(value)) {
    return value.flatMap((item, index) => placeholdersIn(item, [...path, index]));
  }
  return isJsonObject(value)
    ? Object.entries(value).flatMap(([key, inner]) => placeholdersIn(inner, [...path, key]))
    : [];
}
