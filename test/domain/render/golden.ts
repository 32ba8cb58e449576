import { readFileSync, writeFileSync } from 'node:fs';
import { dump } from 'js-yaml';
import type { Manifest } from '../../../src/domain/manifest/manifest.ts';

const folder = new URL('../../fixtures/golden/', import.meta.url);

/** Manifests as people read them: one YAML document each, headed by its step. */
export function asText(manifests: readonly Manifest[]): string {
  return manifests
    .map(({ step, object }) => `# step: ${step}\n${dump(object, { lineWidth: 120, noRefs: true })}`)
    .join('---\n');
}

/**
 * The golden text of that name. With UPDATE_GOLDEN=1 it is written anew, for a person to read the difference in Git; in a
 * test it must be there.
 */
export function golden(name: string, actual: string): string {
  const file = new URL(`${name}.yaml`, folder);
  if (process.env['UPDATE_GOLDEN'] === '1') {
    writeFileSync(file, actual);
  }
  return readFileSync(file, 'utf8');
}
