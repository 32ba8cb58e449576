import { openFolderSource } from '../../../src/adapters/folder/open-folder-source.ts';
import { openKubeCluster } from '../../../src/adapters/kube/open-cluster.ts';
import { schemaChecker } from '../../../src/adapters/schema/schema-checker.ts';
import { systemClock } from '../../../src/adapters/system/clock.ts';
import { sha256 } from '../../../src/adapters/system/digest.ts';
import { systemHost } from '../../../src/adapters/system/host.ts';
import { openTemplateRenderer } from '../../../src/adapters/template/template-renderer.ts';
import { yamlDocuments } from '../../../src/adapters/yaml/yaml-documents.ts';
import type { Environment } from '../../../src/domain/environment/environment.ts';
import { Failure } from '../../../src/domain/failure.ts';
import { lockTiming } from '../../../src/domain/lock/lock-timing.ts';
import { findMetalLb } from '../../../src/engine/find-metallb.ts';
import { isEnvironmentFile, loadEnvironment } from '../../../src/engine/load-environment.ts';
import { syncEnvironment } from '../../../src/engine/sync.ts';
import type { Clock } from '../../../src/ports/clock.ts';
import { someTerms } from '../../engine/some-terms.ts';
import { temporaryFolder, writeFiles } from '../../git/repository.ts';

const hurry = 20;
/** Half a minute by the machine's own clock. */
const lockMs = 600_000;
const signal = new AbortController().signal;

const began = Date.now() - performance.now();

/** Runs twenty times as fast, so that pauses and timeouts of the engine take a twentieth and many faults fit into a minute. */
const hastyClock: Clock = {
  now: () => began + performance.now() * hurry,
  monotonic: () => performance.now() * hurry,
  sleep: (ms, until) => systemClock.sleep(ms / hurry, until),
};

const hastily: typeof systemHost.every = (ms, beat) => systemHost.every(ms / hurry, beat);

/** The environment that these files describe. */
export async function environmentOf(files: Readonly<Record<string, string>>): Promise<Environment> {
  const folder = temporaryFolder();
  try {
    writeFiles(folder.path, files);
    const source = openFolderSource({ folder: folder.path });
    const tree = await source.read(await source.resolve(signal), isEnvironmentFile, signal);
    const loaded = loadEnvironment({ tree, name: 'dev', documents: yamlDocuments, checker: schemaChecker });
    if (loaded.environment === undefined) {
      throw new Error(`the configuration has findings: ${JSON.stringify(loaded.findings)}`);
    }
    return loaded.environment;
  } finally {
    folder.remove();
  }
}

/** How a sync ended; `planHash` is that of the last plan it announced. */
export interface SyncEnd {
  readonly outcome: string;
  /** A failure's code and words. */
  readonly why: string;
  readonly planHash: string | undefined;
}

let runs = 0;

/** Syncs as a process of its own would, only inside this one: new connections, no memory of earlier runs. */
export async function syncOnce(
  kubeconfig: string,
  environment: Environment,
  revision: string,
  approve?: string,
): Promise<SyncEnd> {
  const cluster = openKubeCluster({ kubeconfig, context: undefined, inCluster: false, env: {} });
  let planHash: string | undefined;
  runs += 1;
  const own = `run-${runs}`;
  try {
    const found = await findMetalLb(environment, { reader: cluster, clock: hastyClock, signal });
    const { outcome, failure } = await syncEnvironment({
      reader: cluster,
      writer: cluster,
      clock: hastyClock,
      // A run that has ended is a process that is gone.
      host: { ...systemHost, process: own, isGone: (name) => name !== own, every: hastily },
      digest: sha256,
      signal,
      emit: (event) => {
        planHash = event.type === 'run-started' ? event.planHash : planHash;
      },
      environment: found,
      revision,
      manifests: (await openTemplateRenderer()).render(found),
      terms: someTerms({
        lock: lockTiming(lockMs),
        approval: approve === undefined ? undefined : { planHash: approve },
      }),
    });
    return { outcome, why: failure === undefined ? '' : `${failure.code}: ${failure.message}`, planHash };
  } catch (error) {
    if (!(error instanceof Failure)) {
      throw error;
    }
    return { outcome: 'failed', why: `${error.code}: ${error.message}`, planHash };
  } finally {
    cluster.close();
  }
}
