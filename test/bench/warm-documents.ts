import { openFolderSource } from '../../src/adapters/folder/open-folder-source.ts';
import { schemaChecker } from '../../src/adapters/schema/schema-checker.ts';
import { openSnapshot } from '../../src/adapters/snapshot/open-snapshot.ts';
import { systemClock } from '../../src/adapters/system/clock.ts';
import { sha256 } from '../../src/adapters/system/digest.ts';
import { openTemplateRenderer } from '../../src/adapters/template/template-renderer.ts';
import { yamlDocuments } from '../../src/adapters/yaml/yaml-documents.ts';
import { addressRulesOf } from '../../src/domain/plan/planned-addresses.ts';
import { pruneScopeOf } from '../../src/domain/prune/prune-scope.ts';
import { EnvironmentCache } from '../../src/engine/environment-cache.ts';
import { isEnvironmentFile, loadEnvironment } from '../../src/engine/load-environment.ts';
import { planEnvironment } from '../../src/engine/plan-environment.ts';
import { renderOnce } from '../../src/engine/render-once.ts';
import { median } from './measure.ts';

const rounds = 9;

/**
 * Reads the environment of a folder again and again in one process, as whoever follows a source does: the file is read and
 * named by its content, and what that content was parsed, judged and rendered to is known. Gives the median milliseconds
 * of a read with its plan; throws where a later plan differs from the first.
 */
export async function timeWarmReads(folder: string, environment: string, snapshot: string): Promise<number> {
  const signal = AbortSignal.timeout(60_000);
  const cache = new EnvironmentCache();
  const renderer = renderOnce(await openTemplateRenderer());
  const scope = { reader: openSnapshot(snapshot, 'snapshot'), clock: systemClock, digest: sha256, signal, environment };
  const source = openFolderSource({ folder });
  const read = async (): Promise<string> => {
    const tree = await source.read(await source.resolve(signal), isEnvironmentFile, signal);
    const parts = { documents: yamlDocuments, checker: schemaChecker, cache };
    const loaded = loadEnvironment({ tree, name: environment, ...parts }).environment;
    if (loaded === undefined) {
      throw new Error('the environment of the bench has errors');
    }
    const rules = { pruning: pruneScopeOf(loaded), addresses: addressRulesOf(loaded) };
    const manifests = renderer.render(loaded);
    const request = { ...scope, revision: tree.revision.id, manifests, inventory: undefined, ...rules };
    return (await planEnvironment(request)).plan.hash;
  };
  const first = await read();
  const times: number[] = [];
  for (let round = -2; round < rounds; round += 1) {
    const started = performance.now();
    if ((await read()) !== first) {
      throw new Error('a plan of the same content differs from the first');
    }
    if (round >= 0) {
      times.push(performance.now() - started);
    }
  }
  return median(times);
}
