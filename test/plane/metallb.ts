import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildPrograms, programPath, upstreamCrds } from './build.ts';
import type { Child } from './child.ts';
import { freePorts } from './free-ports.ts';
import type { MetallbVersion } from './parts.ts';
import type { ClientPlane } from './plane.ts';

export interface MetallbControllerOptions {
  /** Another kubeconfig than the admin's: to run it with the permissions of a service account. */
  readonly kubeconfig?: string;
  readonly namespace?: string;
  /** Name of an existing Pod; 0.16.1 wants one. */
  readonly podName?: string;
  /** Follows the program's name in the names of its log and process, where several run beside one plane. */
  readonly suffix?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly args?: readonly string[];
}

export interface MetallbSpeakerOptions extends MetallbControllerOptions {
  readonly nodeName: string;
  /** Address of the node. */
  readonly host: string;
}

/** 0.16.0 brought a port for health probes, and serves metrics over TLS behind the API server's authorization. */
function healthPort(version: MetallbVersion, port: number): readonly string[] {
  return version === '0.16.1' ? [`--health-probe-port=${port}`] : [];
}

function environment(plane: ClientPlane, options: MetallbControllerOptions): NodeJS.ProcessEnv {
  return {
    KUBECONFIG: options.kubeconfig ?? plane.kubeconfig,
    METALLB_NAMESPACE: options.namespace ?? 'metallb-system',
    ...(options.podName === undefined ? {} : { METALLB_POD_NAME: options.podName }),
  };
}

/** Applies upstream's own CRDs of that release, for tests that compare. */
export async function applyUpstreamCrds(plane: ClientPlane, version: MetallbVersion): Promise<void> {
  await plane.kubectl('apply', '--server-side', '-f', await upstreamCrds(version));
  await plane.kubectl('wait', '--for=condition=Established', 'crd', '--all', '--timeout=60s');
}

/**
 * Starts upstream's controller of that release beside the plane, without its webhook. CRDs and namespace must be there.
 * It ends with the plane.
 */
export async function metallbController(
  plane: ClientPlane,
  version: MetallbVersion,
  options: MetallbControllerOptions = {},
): Promise<Child> {
  const name = `metallb-controller-${version}` as const;
  await buildPrograms([name]);
  const [port = 0, health = 0] = await freePorts(2);
  return plane.start(
    `${name}${options.suffix ?? ''}`,
    programPath(name),
    [
      `--port=${port}`,
      ...healthPort(version, health),
      '--disable-cert-rotation',
      '--webhook-mode=disabled',
      '--log-level=debug',
      ...(options.args ?? []),
    ],
    { ...environment(plane, options), ...options.env },
  );
}

/** Starts upstream's speaker of that release for one node, without a member list. It ends with the plane. */
export async function metallbSpeaker(
  plane: ClientPlane,
  version: MetallbVersion,
  options: MetallbSpeakerOptions,
): Promise<Child> {
  const program = `metallb-speaker-${version}` as const;
  await buildPrograms([program]);
  const [port = 0, health = 0] = await freePorts(2);
  const secret = join(plane.folder, `memberlist-${options.nodeName}`);
  mkdirSync(secret, { recursive: true });
  writeFileSync(join(secret, 'secretkey'), 'not-a-secret-in-a-test', { mode: 0o600 });
  const env = {
    ...environment(plane, { podName: `speaker-${options.nodeName}`, ...options }),
    METALLB_NODE_NAME: options.nodeName,
    METALLB_HOST: options.host,
    METALLB_ML_SECRET_KEY_PATH: secret,
    METALLB_BGP_TYPE: 'native',
    ...options.env,
  };
  const args = [`--port=${port}`, ...healthPort(version, health), '--log-level=debug', ...(options.args ?? [])];
  return plane.start(`${program}-${options.nodeName}${options.suffix ?? ''}`, programPath(program), args, env);
}
