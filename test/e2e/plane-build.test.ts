import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { planeUnavailable } from '../plane/availability.ts';
import { buildPrograms, cacheFolder, missingPrograms, programPath } from '../plane/build.ts';

const reason = planeUnavailable();

/** Stands in for go: notes each run, takes its time, and writes the program it was asked for. */
const fakeGo = `#!/bin/sh
echo "$*" >> "$(dirname "$0")/runs"
test -e "$(dirname "$0")/broken" && { echo "no such module" >&2; exit 1; }
sleep 0.2
while test $# -gt 0; do test "$1" = -o && { echo '#!/bin/sh' > "$2"; chmod +x "$2"; }; shift; done
`;

describe.skipIf(reason !== undefined)(`building the control plane ${reason ?? ''}`.trim(), () => {
  let folder: string;
  let lines: string[] = [];
  const progress = (line: string): void => {
    lines.push(line);
  };

  function runs(): readonly string[] {
    return readFileSync(join(folder, 'bin', 'runs'), 'utf8')
      .trim()
      .split('\n');
  }

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'metalwave-build-'));
    lines = [];
    mkdirSync(join(folder, 'bin'));
    writeFileSync(join(folder, 'bin', 'go'), fakeGo);
    chmodSync(join(folder, 'bin', 'go'), 0o755);
    vi.stubEnv('PATH', `${join(folder, 'bin')}:${process.env['PATH'] ?? ''}`);
    vi.stubEnv('METALWAVE_CACHE', join(folder, 'cache'));
    vi.stubEnv('KUBEBUILDER_ASSETS', undefined);
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true, force: true });
  });

  it('builds what is missing, says so, and never again', async () => {
    expect(missingPrograms(['etcd', 'kwok'])).toEqual(['etcd', 'kwok']);
    await buildPrograms(['etcd', 'kwok'], progress);
    expect(missingPrograms(['etcd', 'kwok'])).toEqual([]);
    expect(lines.map((line) => line.replace(/in \d+ s/u, 'in N s'))).toEqual([
      '[1/2] Building etcd (minutes the first time)',
      '[1/2] Built etcd in N s',
      '[2/2] Building kwok (minutes the first time)',
      '[2/2] Built kwok in N s',
    ]);
    await buildPrograms(['etcd', 'kwok'], progress);
    expect(runs()).toHaveLength(2);
  });

  it('builds once where two ask at the same time', async () => {
    await Promise.all([buildPrograms(['etcd'], progress), buildPrograms(['etcd'], progress)]);
    expect(runs()).toHaveLength(1);
    expect(lines.some((line) => line.includes('waiting'))).toBe(true);
  });

  it('tells what go said where a build fails, and builds at the next call', async () => {
    writeFileSync(join(folder, 'bin', 'broken'), '');
    await expect(buildPrograms(['etcd'], progress)).rejects.toThrow(/no such module/u);
    expect(missingPrograms(['etcd'])).toEqual(['etcd']);
    rmSync(join(folder, 'bin', 'broken'));
    await buildPrograms(['etcd'], progress);
    expect(missingPrograms(['etcd'])).toEqual([]);
  });

  it('takes the programs that KUBEBUILDER_ASSETS has from there, and refuses to guess where one is missing', async () => {
    vi.stubEnv('KUBEBUILDER_ASSETS', folder);
    expect(programPath('etcd')).toBe(join(folder, 'etcd'));
    expect(programPath('kwok')).toBe(join(cacheFolder(), 'kwok'));
    await expect(buildPrograms(['etcd'], progress)).rejects.toThrow(/KUBEBUILDER_ASSETS has no program etcd/u);
  });
});
