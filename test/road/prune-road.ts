import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openFolderSource } from '../../src/adapters/folder/open-folder-source.ts';
import { openKubeCluster } from '../../src/adapters/kube/open-cluster.ts';
import { startSandbox, type Sandbox } from '../../src/adapters/sandbox/start-sandbox.ts';
import { schemaChecker } from '../../src/adapters/schema/schema-checker.ts';
import { systemClock } from '../../src/adapters/system/clock.ts';
import { openTemplateRenderer } from '../../src/adapters/template/template-renderer.ts';
import { yamlDocuments } from '../../src/adapters/yaml/yaml-documents.ts';
import { Failure } from '../../src/domain/failure.ts';
import { hasErrors } from '../../src/domain/finding/finding.ts';
import { environmentLabel, stateNamespace } from '../../src/domain/identity.ts';
import { keyOf, objectKey, type ObjectId } from '../../src/domain/manifest/object-id.ts';
import { isEnvironmentFile, loadEnvironment } from '../../src/engine/load-environment.ts';
import type { ClusterReader, ClusterWriter } from '../../src/ports/cluster.ts';
import type { PodReader } from '../../src/ports/pod-reader.ts';
import type { Renderer } from '../../src/ports/renderer.ts';
import type { Source } from '../../src/ports/source.ts';
import { deploy, planned } from '../engine/deploy.ts';
import { temporaryFolder, writeFiles } from '../git/repository.ts';

const signal = new AbortController().signal;

/** How a sync from a source ended: where it stopped, and why. */
export interface Ending {
  readonly at: 'source' | 'findings' | 'plan' | 'rails' | 'synced';
  /** Failure, finding or rail codes; of a sync its outcome. */
  readonly codes: readonly string[];
  /** What was deleted, Metalwave's own records left out. */
  readonly deleted: readonly string[];
  /** Applies and deletions, whatever they were for. */
  readonly writes: number;
}

/** One cluster that many sources are synced to, over the parts that the command line uses. */
export class PruneRoad {
  readonly cluster: ClusterReader & ClusterWriter & PodReader;
  private readonly sandbox: Sandbox;
  private readonly renderer: Renderer;
  private readonly folder = temporaryFolder();
  private deleted: string[] = [];
  private writes = 0;
  private sources = 0;

  private constructor(sandbox: Sandbox, renderer: Renderer, cluster: PruneRoad['cluster']) {
    this.sandbox = sandbox;
    this.renderer = renderer;
    const count = (): void => {
      this.writes += 1;
    };
    const record = (id: ObjectId): void => {
      if (id.namespace !== stateNamespace) {
        this.deleted.push(objectKey(id));
      }
    };
    this.cluster = new Proxy(cluster, {
      get(target, name): unknown {
        const value: unknown = Reflect.get(target, name, target);
        if (typeof value !== 'function') {
          return value;
        }
        return (...args: readonly unknown[]): unknown => {
          if (name === 'apply' || name === 'delete') {
            count();
          }
          if (name === 'delete') {
            record(args[1] as ObjectId);
          }
          return Reflect.apply(value, target, args);
        };
      },
    });
  }

  static async open(): Promise<PruneRoad> {
    const sandbox = await startSandbox({
      clock: systemClock,
      podsAnswer: false,
      nodes: 1,
      podStartMs: 1,
      monitoring: true,
    });
    const home = temporaryFolder();
    const kubeconfig = join(home.path, 'kubeconfig');
    writeFileSync(kubeconfig, sandbox.kubeconfigText());
    const cluster = openKubeCluster({ kubeconfig, context: undefined, inCluster: false, env: {} });
    home.remove();
    return new PruneRoad(sandbox, await openTemplateRenderer(), cluster);
  }

  /** A new folder with these files. */
  folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
    this.sources += 1;
    const path = join(this.folder.path, `source-${this.sources}`);
    writeFiles(path, { 'README.md': 'configurations', ...files });
    return path;
  }

  /** Reads, checks, plans, and syncs unless something says stop. `approved` passes the rails. */
  async sync(source: Source, approved = false): Promise<Ending> {
    this.deleted = [];
    this.writes = 0;
    const end = (at: Ending['at'], codes: readonly string[]): Ending => ({
      at,
      codes,
      deleted: this.deleted,
      writes: this.writes,
    });
    try {
      const tree = await source.read(await source.resolve(signal), isEnvironmentFile, signal);
      const loaded = loadEnvironment({ tree, name: 'dev', documents: yamlDocuments, checker: schemaChecker });
      const { environment, findings } = loaded;
      if (environment === undefined || hasErrors(findings)) {
        return end('findings', [
          ...new Set(findings.filter(({ severity }) => severity === 'error').map(({ code }) => code)),
        ]);
      }
      const manifests = this.renderer.render(environment);
      const run = { cluster: this.cluster, clock: systemClock, environment, manifests };
      const { plan } = await planned(run);
      if (plan.rails.length > 0 && !approved) {
        return end('rails', [...new Set(plan.rails.map(({ code }) => code))]);
      }
      return end('synced', [(await deploy(run)).outcome]);
    } catch (error) {
      if (!(error instanceof Failure)) {
        throw error;
      }
      return end('plan', [error.code]);
    }
  }

  async syncText(text: string | Uint8Array, path = 'environments/dev/config-dev.yaml'): Promise<Ending> {
    return this.sync(openFolderSource({ folder: this.folderWith({ [path]: text }) }));
  }

  /** Key and uid of everything that the environment owns, so that an object made anew is seen. */
  async owned(): Promise<ReadonlyMap<string, string>> {
    const kinds: readonly (readonly [string, string])[] = [
      ['v1', 'Namespace'],
      ['apiextensions.k8s.io/v1', 'CustomResourceDefinition'],
      ['v1', 'ConfigMap'],
      ['v1', 'Service'],
      ['v1', 'ServiceAccount'],
      ['apps/v1', 'Deployment'],
      ['apps/v1', 'DaemonSet'],
      ['metallb.io/v1beta1', 'IPAddressPool'],
      ['metallb.io/v1beta1', 'L2Advertisement'],
      ['metallb.io/v1beta1', 'BGPAdvertisement'],
      ['metallb.io/v1beta2', 'BGPPeer'],
      ['metallb.io/v1beta1', 'BFDProfile'],
      ['metallb.io/v1beta1', 'Community'],
    ];
    const found = new Map<string, string>();
    for (const [apiVersion, kind] of kinds) {
      const { items } = await this.cluster.list(apiVersion, kind, { labelSelector: `${environmentLabel}=dev` }, signal);
      for (const object of items.filter(({ metadata }) => metadata.namespace !== stateNamespace)) {
        found.set(keyOf(object), object.metadata.uid ?? '');
      }
    }
    return found;
  }

  async close(): Promise<void> {
    await this.sandbox.stop();
    this.folder.remove();
  }
}
