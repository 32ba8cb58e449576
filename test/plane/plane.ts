import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { requireNamespace, serviceRange } from './availability.ts';
import { buildPrograms, type Progress } from './build.ts';
import { type Child, startChild } from './child.ts';
import { freePorts } from './free-ports.ts';
import { awaitHealthy } from './await-healthy.ts';
import { runKubectl } from './kubectl.ts';
import type { PartName } from './parts.ts';
import { apiServerArguments, controllerManagerArguments, etcdArguments, kwokArguments } from './plane-arguments.ts';
import { type AuditDepth, kubeconfigText, type PlaneFiles, writePlaneFiles } from './plane-files.ts';

export { planeUnavailable } from './availability.ts';

export interface PlaneOptions {
  /** kube-controller-manager beside the API server: namespaces get deleted, roll-outs and endpoints happen. Implied by `nodes`. */
  readonly controllers?: boolean;
  /** That many fake nodes (kwok), `node-1` and on, Ready on return; the scheduler comes with them. */
  readonly nodes?: number;
  /** What the audit log holds; `all` unless given. */
  readonly audit?: AuditDepth;
  readonly serviceRange?: string;
  /** More arguments for the API server. */
  readonly apiServerArguments?: readonly string[];
  readonly progress?: Progress;
}

/** A running control plane with an API server of its own; several may run side by side in one namespace. */
export interface Plane {
  readonly server: string;
  /** Folder that goes away with the plane; tests may write into it. */
  readonly folder: string;
  readonly kubeconfig: string;
  /** Path of the CA certificate, PEM. */
  readonly ca: string;
  readonly adminToken: string;
  /** Token of a known user without any right. */
  readonly powerlessToken: string;
  /** JSON lines of audit.k8s.io/v1 Events; see `readAudit`. */
  readonly auditLog: string;
  /** Folder with the programs, `kubectl` among them. */
  readonly binDir: string;
  /** Writes a kubeconfig for another token and gives its path. */
  kubeconfigFor(token: string): string;
  /** What kubectl prints; throws with its words where it fails. */
  kubectl(...args: readonly string[]): Promise<string>;
  /** `kubectl apply --server-side -f -` of these objects. */
  kubectlApply(...objects: readonly unknown[]): Promise<string>;
  /** Freezes, stops and starts again the API server, for faults. */
  readonly apiServer: Child;
  readonly etcd: Child;
  restartApiServer(): Promise<void>;
  /** Starts a program that ends with the plane. */
  start(name: string, program: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<Child>;
  /** Ends everything in order and removes the folder. Harmless when called twice. */
  stop(): Promise<void>;
}

/** What clients need of a control plane; the embedded one has it too. */
export type ClientPlane = Pick<
  Plane,
  'server' | 'folder' | 'kubeconfig' | 'kubeconfigFor' | 'kubectl' | 'kubectlApply' | 'start' | 'stop'
>;

/** What bare requests need of a control plane: where it is, its certificate's path and its administrator's token. */
export type ApiPlace = Pick<Plane, 'server' | 'ca' | 'adminToken'>;

interface Running {
  readonly files: PlaneFiles;
  readonly server: string;
  /** In the order of their start; stopped in reverse. */
  readonly children: Child[];
}

function programsFor(options: PlaneOptions): readonly PartName[] {
  const nodes = options.nodes ?? 0;
  return [
    'etcd',
    'kube-apiserver',
    'kubectl',
    ...(options.controllers === true || nodes > 0 ? (['kube-controller-manager'] as const) : []),
    ...(nodes > 0 ? (['kube-scheduler', 'kwok'] as const) : []),
  ];
}

/**
 * Starts etcd and a kube-apiserver (RBAC, audit log), and what the options ask for beside them. Builds missing programs
 * first. Throws outside a namespace of `in-namespace.ts`. On failure nothing is left running.
 */
export async function startPlane(options: PlaneOptions = {}): Promise<Plane> {
  requireNamespace();
  const programs = programsFor(options);
  await buildPrograms(programs, options.progress);
  const root = mkdtempSync(join(tmpdir(), 'metalwave-plane-'));
  const children: Child[] = [];
  try {
    const files = await writePlaneFiles(root, programs, options.audit ?? 'all');
    const [client = 0, peer = 0, secure = 0, kwok = 0] = await freePorts(4);
    const running: Running = { files, server: `https://192.0.2.1:${secure}`, children };
    const start = childStarter(running);
    const etcd = await start('etcd', etcdArguments(root, client, peer));
    const apiServer = apiServerArguments(files, { etcd: client, secure }, options.serviceRange ?? serviceRange);
    const startApiServer = (): Promise<Child> =>
      start('kube-apiserver', [...apiServer, ...(options.apiServerArguments ?? [])]);
    const first = await startApiServer();
    writeFileSync(files.kubeconfig, kubeconfigText(running.server, files.ca, files.adminToken), { mode: 0o600 });
    await awaitHealthy(`${running.server}/readyz`, files.ca, first);
    if (programs.includes('kube-controller-manager')) {
      await start('kube-controller-manager', controllerManagerArguments(files));
    }
    if (programs.includes('kwok')) {
      await start('kube-scheduler', [
        `--kubeconfig=${files.kubeconfig}`,
        '--leader-elect=false',
        '--bind-address=127.0.0.1',
        '--secure-port=0',
      ]);
      await start('kwok', kwokArguments(files, kwok));
    }
    const plane = planeOf(running, { etcd, apiServer: first }, startApiServer);
    await makeNodes(plane, options.nodes ?? 0);
    return plane;
  } catch (error) {
    await stopAll(children, root);
    throw error;
  }
}

type StartPart = (name: PartName, args: readonly string[]) => Promise<Child>;

function childStarter(running: Running): StartPart {
  const { root, binDir } = running.files;
  return async (name, args) => {
    const child = await startChild({
      name,
      program: join(binDir, name),
      args,
      folder: root,
      logPath: join(root, `${name}.log`),
    });
    running.children.push(child);
    return child;
  };
}

function planeOf(
  running: Running,
  first: Pick<Plane, 'etcd' | 'apiServer'>,
  startApiServer: () => Promise<Child>,
): Plane {
  const { files, server, children } = running;
  const kubectl = (args: readonly string[], input?: string): Promise<string> => runKubectl(files, args, input);
  let { apiServer } = first;
  let tokens = 0;
  return {
    server,
    folder: files.root,
    kubeconfig: files.kubeconfig,
    ca: files.ca,
    adminToken: files.adminToken,
    powerlessToken: files.powerlessToken,
    auditLog: files.auditLog,
    binDir: files.binDir,
    get apiServer() {
      return apiServer;
    },
    etcd: first.etcd,
    restartApiServer: async () => {
      await apiServer.stop();
      children.splice(children.indexOf(apiServer), 1);
      apiServer = await startApiServer();
      // Stopped in reverse order of start: the API server goes before etcd and after all that speak to it.
      children.splice(1, 0, ...children.splice(children.indexOf(apiServer), 1));
      await awaitHealthy(`${server}/readyz`, files.ca, apiServer);
    },
    kubeconfigFor: (token) => {
      tokens += 1;
      const path = join(files.root, `kubeconfig-${tokens}`);
      writeFileSync(path, kubeconfigText(server, files.ca, token), { mode: 0o600 });
      return path;
    },
    kubectl: (...args) => kubectl(args),
    kubectlApply: (...objects) =>
      kubectl(['apply', '--server-side', '-f', '-'], objects.map((object) => JSON.stringify(object)).join('\n---\n')),
    start: async (name, program, args, env) => {
      const child = await startChild({
        name,
        program,
        args,
        env,
        folder: files.root,
        logPath: join(files.root, `${name}.log`),
      });
      children.push(child);
      return child;
    },
    stop: async () => {
      await stopAll(children, files.root);
    },
  };
}

async function stopAll(children: Child[], root: string): Promise<void> {
  // The API server before etcd, else it lingers.
  for (const child of children.splice(0).toReversed()) {
    await child.stop();
  }
  rmSync(root, { recursive: true, force: true, maxRetries: 5 });
}

async function makeNodes(plane: Plane, count: number): Promise<void> {
  if (count === 0) {
    return;
  }
  const nodes = Array.from({ length: count }, (_, index) => ({
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name: `node-${index + 1}`,
      annotations: { 'kwok.x-k8s.io/node': 'fake' },
      labels: { 'kubernetes.io/hostname': `node-${index + 1}`, 'kubernetes.io/os': 'linux' },
    },
  }));
  await plane.kubectlApply(...nodes);
  await plane.kubectl('wait', '--for=condition=Ready', 'nodes', '--all', '--timeout=60s');
}

/** The parts of an audit record that tests read. */
export interface AuditRecord {
  readonly verb: string;
  readonly requestURI: string;
  readonly userAgent?: string;
  /** When the request ended. */
  readonly stageTimestamp?: string;
  readonly user: { readonly username: string };
  readonly objectRef?: {
    readonly resource?: string;
    readonly namespace?: string;
    readonly name?: string;
    readonly apiGroup?: string;
    readonly subresource?: string;
  };
  readonly responseStatus?: { readonly code?: number };
  readonly annotations?: { readonly [key: string]: string };
}

/** Every finished request so far, in the order in which they ended. The server writes the log with a short delay. */
export function readAudit(plane: Pick<Plane, 'auditLog'>): readonly AuditRecord[] {
  const lines = readFileSync(plane.auditLog, 'utf8').split('\n');
  // The last line may still be in the making.
  return lines.slice(0, -1).map((line) => JSON.parse(line) as AuditRecord);
}
