import { randomBytes, randomUUID } from 'node:crypto';
import { once, setMaxListeners } from 'node:events';
import { createServer } from 'node:https';
import type { Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { noFaults } from '../../domain/fault/fault-settings.ts';
import type { FaultSettings } from '../../domain/fault/fault-settings.ts';
import { textAt } from '../../domain/json.ts';
import { asJson, type KubeObject } from '../../domain/manifest/kube-object.ts';
import { serviceFamilies, type ServiceFamily } from '../../domain/object-rules/service/service-families.ts';
import type { Clock } from '../../ports/clock.ts';
import { AccessControl } from './access/access-control.ts';
import { PolicyReview } from './admission/policy-review.ts';
import { webhookCaller } from './admission/webhook-call.ts';
import { WebhookReview } from './admission/webhook-review.ts';
import { boundPatterns } from './bounded-patterns.ts';
import { handleRequest } from './requests/api-handler.ts';
import { ClusterState } from './controllers/cluster-state.ts';
import { runControlLoop } from './controllers/control-loop.ts';
import { FaultPlan } from './faults/fault-plan.ts';
import { kubeconfigFor } from './kubeconfig.ts';
import { KindRegistry } from './kinds/kind-registry.ts';
import { monitoringDefinitions } from './kinds/monitoring-definitions.ts';
import { ObjectRemover } from './objects/object-remover.ts';
import { ObjectStore } from './objects/object-store.ts';
import { ObjectWriter } from './objects/object-writer.ts';
import { PodPrograms, type StartProgram } from './pod-programs.ts';
import { makeCertificate } from './sandbox-certificate.ts';
import { TurnableClock } from './turnable-clock.ts';
import { firstNodes } from './seed/first-nodes.ts';
import { placeFirstObjects } from './seed/first-objects.ts';

export interface SandboxOptions {
  readonly clock: Clock;
  /** Number of Nodes, named `node-1` and on. 3 unless given. */
  readonly nodes?: number;
  /** Port on 127.0.0.1; a free one unless given. */
  readonly port?: number;
  /** Milliseconds until a pod runs. 300 unless given. */
  readonly podStartMs?: number;
  /** Serve the Prometheus operator's ServiceMonitor and PrometheusRule from the start. */
  readonly monitoring?: boolean;
  /** Pods for which this gives a program run it; all others are simulated. */
  readonly startProgram?: StartProgram;
  /**
   * Whether MetalLB's controller is simulated while its Deployment is available. True unless given; false leaves the addresses
   * to a real one that runs beside the control plane.
   */
  readonly simulatesMetalLb?: boolean;
  /** Whether the simulated programs of pods answer through the pod proxy. True unless given. */
  readonly podsAnswer?: boolean;
  /** Whether nodes, pods and Services may have addresses of both families, IPv4 first. IPv4 alone unless true. */
  readonly dualStack?: boolean;
  /** Faults to begin with. */
  readonly faults?: FaultSettings;
  /** uids of objects: random UUIDs unless given. */
  readonly newUid?: () => string;
}

/** An embedded control plane: a Kubernetes API in memory, over HTTPS on loopback, with the controllers that make it live. */
export interface Sandbox {
  /** `https://127.0.0.1:PORT` */
  readonly server: string;
  /** Bearer token of its one user, who may do everything. */
  readonly token: string;
  /** The server's certificate, PEM. */
  readonly certificate: string;
  /** A kubeconfig for it. Holds the token: store it readable by its owner only. */
  kubeconfigText(): string;
  /** Asks for other faults than those so far, as a PUT of `/metalwave/faults` does. */
  setFaults(faults: FaultSettings): void;
  /**
   * Turns its clock ahead: leases, tolerations, deadlines and tokens end as if so much time had passed. Programs of pods go by
   * clocks of their own.
   */
  turnClock(ms: number): void;
  /** Closes server, watches and controllers at once. The state is gone. */
  stop(): Promise<void>;
}

/** Starts an embedded control plane with the namespaces and Nodes a cluster has. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { podStartMs = 300, simulatesMetalLb = true } = options;
  const clock = new TurnableClock(options.clock);
  boundPatterns();
  const store = new ObjectStore();
  const registry = new KindRegistry(store);
  const timestamp = secondsOf(clock);
  const newUid = options.newUid ?? ((): string => randomUUID());
  const writer = new ObjectWriter({ store, timestamp, newUid, families: familiesOf(options) });
  const remover = new ObjectRemover(store, (ahead) => rfc3339(clock.now() + ahead * 1000));
  const state = new ClusterState({ store, registry, writer, remover });
  placeFirstObjects(store, { timestamp: timestamp(), newUid });
  seed(state, options, timestamp());
  const { key, certificate } = makeCertificate(Date.now());
  const token = randomBytes(24).toString('base64url');
  const access = new AccessControl(token, store, clock);
  const stopping = new AbortController();
  setMaxListeners(0, stopping.signal);
  const faults = new FaultPlan(options.faults ?? noFaults);
  const programs = new PodPrograms(store, options.startProgram ?? noProgram, (pod) => ({
    server: urlOf(server),
    certificate,
    newToken: () => access.accountToken(pod.metadata.namespace ?? '', accountOf(pod)) ?? '',
  }));
  const parts = {
    store,
    registry,
    writer,
    remover,
    newUid,
    clock,
    access,
    ...reviewers(store, registry, stopping.signal),
    state,
    podsAnswer: options.podsAnswer ?? true,
    programs,
    faults,
    stopped: stopping.signal,
  };
  const server = createServer({ key, cert: certificate }, (request, response) => {
    void handleRequest(parts, request, response);
  });
  await listen(server, options.port ?? 0);
  const cluster = { store, state, clock, timestamp, podStartMs, simulatesMetalLb, faults };
  const loop = runControlLoop(cluster, stopping.signal);
  const url = urlOf(server);
  return {
    server: url,
    token,
    certificate,
    kubeconfigText: () => kubeconfigFor({ url, token, certificate }),
    setFaults: (settings) => faults.set(settings),
    turnClock: (ms) => clock.turn(ms),
    async stop() {
      await programs.stop();
      stopping.abort();
      await Promise.all([closeServer(server), loop]);
    },
  };
}

/** Who has a say in the writes of clients. */
function reviewers(
  store: ObjectStore,
  registry: KindRegistry,
  stopped: AbortSignal,
): { readonly policies: PolicyReview; readonly webhooks: WebhookReview } {
  const call = webhookCaller(stopped);
  return {
    policies: new PolicyReview(store, registry),
    webhooks: new WebhookReview({ store, registry, newUid: randomUUID, call }),
  };
}

function familiesOf({ dualStack }: SandboxOptions): readonly ServiceFamily[] {
  return dualStack === true ? serviceFamilies : ['IPv4'];
}

/** What differs from one embedded control plane to the other before anybody comes. */
function seed(state: ClusterState, options: SandboxOptions, timestamp: string): void {
  const definitions = options.monitoring === true ? monitoringDefinitions() : [];
  for (const object of [...definitions, ...firstNodes(options.nodes ?? 3, familiesOf(options), timestamp)]) {
    state.ensure(object, 'metalwave-sandbox');
  }
}

/** The time to the second, written anew when the second is another. */
function secondsOf(clock: Clock): () => string {
  let second = NaN;
  let text = '';
  return () => {
    const now = Math.floor(clock.now() / 1000);
    if (now !== second) {
      second = now;
      text = rfc3339(now * 1000);
    }
    return text;
  };
}

function rfc3339(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

function urlOf(server: Server): string {
  return `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** The name of the service account that a pod speaks as. */
function accountOf(pod: KubeObject): string {
  return textAt(asJson(pod), 'spec', 'serviceAccountName') ?? 'default';
}

function noProgram(): undefined {
  return undefined;
}

async function listen(server: Server, port: number): Promise<void> {
  // Clients keep connections for a minute and more; one that is closed under a write fails it.
  server.keepAliveTimeout = 120_000;
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
}

async function closeServer(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}
