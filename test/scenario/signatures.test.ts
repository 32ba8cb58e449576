import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { newSshKey } from '../git/signing-keys.ts';
import { temporaryFolder } from '../git/repository.ts';
import { configPath } from '../road/config-repository.ts';
import { resourcesOnly } from '../road/existing-metallb.ts';
import { onFreshCluster } from '../road/fresh-cluster.ts';
import { eventsOf } from '../road/program.ts';
import type { Road } from '../road/road.ts';

const base = resourcesOnly[configPath('dev')] ?? '';
const withBlock = (block: string): string => base.replace('10.20.0.0/28', block);

const keys = temporaryFolder();
const key = newSshKey(keys.path, 'release');
const allowed = join(keys.path, 'allowed');
writeFileSync(allowed, `release@example.com namespaces="git" ${key.publicKey}\n`);

afterAll(() => keys.remove());

/** From now on commits of the repository are signed, or no longer. */
function sign(road: Road, on: boolean): void {
  const settings = key.settings.filter((each) => each !== '-c').map((each) => each.split('='));
  for (const [name = '', value = ''] of [...settings, ['commit.gpgSign', String(on)]]) {
    execFileSync('git', ['config', name, value], { cwd: road.repository.folder });
  }
}

describe('a sync that asks for the signatures of all commits', () => {
  it('starts from the commit that the cluster says is deployed, and names who signed', async () => {
    await onFreshCluster({ files: resourcesOnly, metalLbIsThere: true }, async ({ road }) => {
      const verified = (...args: readonly string[]): ReturnType<Road['run']> =>
        road.runWith(
          { METALWAVE_GIT_ALLOWED_SIGNERS_FILE: allowed },
          ...args,
          '--env',
          'dev',
          '--revision',
          'main',
          '--verify-signatures',
          'all',
        );
      const change = (block: string): string => road.repository.commit({ [configPath('dev')]: withBlock(block) });

      const unsigned = change('10.20.0.0/28');
      const first = await verified('sync');
      expect(first).toMatchObject({ code: 2 });
      expect(first.err).toContain('is not signed');
      expect((await road.run('sync', '--env', 'dev', '--revision', 'main')).code).toBe(0);

      sign(road, true);
      const signed = change('10.20.0.0/27');
      const second = await verified('sync', '-o', 'jsonl');
      expect(second.err).toBe('');
      expect(second.code).toBe(0);
      expect(eventsOf(second)[0]).toMatchObject({
        type: 'run-started',
        revision: signed,
        signer: 'release@example.com',
      });
      const history = await road.run('history', '--env', 'dev', '-o', 'json');
      expect(JSON.parse(history.out)).toMatchObject({
        runs: [
          { revision: signed, signer: 'release@example.com' },
          { revision: unsigned, signer: null },
        ],
      });

      sign(road, false);
      const stray = change('10.20.0.0/26');
      sign(road, true);
      change('10.20.0.0/25');
      for (const verb of ['plan', 'sync']) {
        const refused = await verified(verb);
        expect(refused).toMatchObject({ code: 2, out: '' });
        expect(refused.err).toContain(`Commit ${stray} by Test <test@example.com> is not signed`);
      }
      expect((await verified('plan', '--verified-since', stray)).code).toBe(0);

      const offline = await verified('render');
      expect(offline.code).toBe(2);
      expect(offline.err).toContain('more of the commits checked');
    });
  });
});
