import { fileURLToPath } from 'node:url';
import type { Child } from '../plane/child.ts';
import type { Plane } from '../plane/plane.ts';

const bin = fileURLToPath(new URL('../../bin/metalwave', import.meta.url));

/** Starts the built controller as MetalLB's own is started. It ends with the plane. */
export async function controllerProgram(
  plane: Pick<Plane, 'start' | 'kubeconfig'>,
  { name, port, args = [] }: { readonly name: string; readonly port: number; readonly args?: readonly string[] },
): Promise<Child> {
  const flags = [`--port=${port}`, '--bind-address=127.0.0.1', '--webhook-mode=disabled', ...args];
  const env = { KUBECONFIG: plane.kubeconfig, METALLB_NAMESPACE: 'metallb-system' };
  return plane.start(name, process.execPath, [bin, 'controller', ...flags], env);
}
