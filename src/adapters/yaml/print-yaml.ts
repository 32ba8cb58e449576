import { stringify } from 'yaml';
import type { Json } from '../../domain/json.ts';

/**
 * YAML for people, and for kubectl: what a YAML 1.1 reader would take for something else than text (`yes`, `0777`) is
 * quoted, lines are not folded, and nothing is an alias.
 */
export function printYaml(value: Json): string {
  return stringify(value, { compat: 'yaml-1.1', lineWidth: 0, aliasDuplicateObjects: false });
}
