import { readFileSync } from 'node:fs';
import { type Json, type JsonObject, textAt, valueAt } from '../../../src/domain/json.ts';
import { metalLbApi } from '../../../src/domain/metallb/api.ts';
import { storageVersion } from '../../../src/domain/metallb/kind.ts';
import { ApiClient } from '../../contracts/kube-api/api-client.ts';
import type { Child } from '../../plane/child.ts';
import { metallbController, metallbSpeaker } from '../../plane/metallb.ts';
import type { MetallbVersion } from '../../plane/parts.ts';
import type { Plane } from '../../plane/plane.ts';
import { oracleNodes, selectsNode } from './oracle-cluster.ts';
import { markLabel, ReconcileLog } from './reconcile-log.ts';

export type Backend = 'native' | 'frr' | 'frr-k8s';

/** What MetalLB made of a configuration. */
export interface MetalLbVerdict {
  readonly accepted: boolean;
  /** Who refused it, and in which words. */
  readonly words: readonly string[];
}

const kinds = metalLbApi.filter((kind) => kind.config !== undefined);
/** What the controller reads; the speakers read all. */
const controllerKinds = new Set(['ipaddresspools', 'communities']);
const ofController: Program['reads'] = ({ plural }) => controllerKinds.has(plural);
const patience = 60_000;

interface Program {
  readonly child: Child;
  readonly log: ReconcileLog;
  readonly reads: (sent: SentObject) => boolean;
}

/** A controller and a speaker of one release with one BGP backend, in a namespace of their own. */
export class MetalLbJury {
  private readonly programs: readonly Program[];
  private readonly client: ApiClient;
  private readonly namespace: string;
  private cases = 0;

  private constructor(programs: readonly Program[], client: ApiClient, namespace: string) {
    this.programs = programs;
    this.client = client;
    this.namespace = namespace;
  }

  /** The definitions of that release must be there. */
  static async start(plane: Plane, version: MetallbVersion, backend: Backend): Promise<MetalLbJury> {
    const namespace = `oracle-${version.replaceAll('.', '-')}-${backend}`;
    await makeHome(plane, namespace);
    const options = { namespace, env: { METALLB_BGP_TYPE: backend }, suffix: `-${backend}` };
    const controller = await metallbController(plane, version, { ...options, podName: 'controller' });
    // From 0.16 on a speaker reads only the peers and BGP advertisements of its own node.
    const readsAll = version !== '0.16.1';
    const speakers = oracleNodes.slice(0, readsAll ? 1 : 2).map(async ({ name, labels }): Promise<Program> => ({
      ...program(await metallbSpeaker(plane, version, { ...options, nodeName: name, host: '192.0.2.1' })),
      reads: ({ plural, object }) => readsAll || !plural.startsWith('bgp') || selectsNode(object, labels),
    }));
    const programs = [{ ...program(controller), reads: ofController }, ...(await Promise.all(speakers))];
    const client = new ApiClient(plane.server, plane.adminToken, readFileSync(plane.ca, 'utf8'));
    return new MetalLbJury(programs, client, namespace);
  }

  async stop(): Promise<void> {
    this.client.close();
    await Promise.all(this.programs.map(({ child }) => child.stop()));
  }

  /** Puts exactly these objects in the place of the ones before, and waits until each program has judged exactly them. */
  async judge(objects: readonly JsonObject[]): Promise<MetalLbVerdict> {
    this.cases += 1;
    const mark = String(this.cases);
    await Promise.all(kinds.map(async ({ plural, versions }) => this.clear(plural, versions.at(-1)?.name ?? '')));
    const marker: JsonObject = { kind: 'Community', metadata: { name: `oracle-mark-${mark}` }, spec: {} };
    const sent = [...objects, marker].map((object) => inNamespace(object, this.namespace, mark));
    const refused = (await Promise.all(sent.map(async (each) => this.create(each)))).flat();
    if (refused.length > 0) {
      return { accepted: false, words: refused };
    }
    const words = (await Promise.all(this.programs.map(async (each) => awaitVerdict(each, sent, mark)))).flat();
    return { accepted: words.length === 0, words: [...new Set(words)] };
  }

  private path(plural: string, version: string): string {
    return `/apis/metallb.io/${version}/namespaces/${this.namespace}/${plural}`;
  }

  private async clear(plural: string, version: string): Promise<void> {
    const { code, text } = await this.client.call({ method: 'DELETE', path: this.path(plural, version) });
    if (code !== 200) {
      throw new Error(`${plural} were not deleted: ${text}`);
    }
  }

  private async create({ plural, version, object }: SentObject): Promise<readonly string[]> {
    const path = `${this.path(plural, version)}?fieldValidation=Strict`;
    const { code, text, body } = await this.client.call({ method: 'POST', path, body: object });
    if (code === 201) {
      return [];
    }
    if (code !== 400 && code !== 422) {
      throw new Error(`the API server answered ${String(code)}: ${text}`);
    }
    return [textAt(body as Json, 'message') ?? text];
  }
}

function program(child: Child): Omit<Program, 'reads'> {
  return { child, log: new ReconcileLog(child.logPath) };
}

interface SentObject {
  readonly id: string;
  readonly plural: string;
  readonly version: string;
  readonly object: JsonObject;
}

function inNamespace(object: JsonObject, namespace: string, mark: string): SentObject {
  const kind = kinds.find((each) => each.kind === object['kind']);
  if (kind === undefined) {
    throw new Error(`${JSON.stringify(object['kind'])} is no kind of MetalLB's configuration`);
  }
  const version = storageVersion(kind).name;
  const name = textAt(object, 'metadata', 'name') ?? '';
  const labels = valueAt(object, 'metadata', 'labels') as JsonObject | undefined;
  return {
    id: `${kind.plural}/${name}`,
    plural: kind.plural,
    version,
    object: {
      apiVersion: `metallb.io/${version}`,
      kind: kind.kind,
      metadata: { name, namespace, labels: { ...labels, [markLabel]: mark } },
      ...(object['spec'] === undefined ? {} : { spec: object['spec'] }),
    },
  };
}

async function awaitVerdict(program: Program, sent: readonly SentObject[], mark: string): Promise<readonly string[]> {
  const wanted = sent.flatMap((each) => (program.reads(each) ? [each.id] : [])).toSorted();
  const deadline = Date.now() + patience;
  for (;;) {
    for (const { read, error } of program.log.next()) {
      const seen = read.map(({ id }) => id).toSorted();
      if (read.every((each) => each.mark === mark) && JSON.stringify(seen) === JSON.stringify(wanted)) {
        return error === undefined ? [] : [error];
      }
    }
    if (Date.now() > deadline || !program.child.isRunning()) {
      throw new Error(
        `${program.child.name} has not judged ${wanted.join()}: ${program.child.lastWords().slice(-2000)}`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** A Pod of each program's name: 0.16.1 will not start without, and the speaker's member is the node. */
async function makeHome(plane: Plane, namespace: string): Promise<void> {
  const pod = (name: string): unknown => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace },
    spec: { automountServiceAccountToken: false, containers: [{ name: 'a', image: 'a' }] },
  });
  await plane.kubectlApply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
  await plane.kubectlApply({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default', namespace } });
  await plane.kubectlApply(pod('controller'), ...oracleNodes.map(({ name }) => pod(`speaker-${name}`)));
}
