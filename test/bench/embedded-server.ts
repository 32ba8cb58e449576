import { startSandbox } from '../../src/adapters/sandbox/start-sandbox.ts';
import { systemClock } from '../../src/adapters/system/clock.ts';

/** Starts an embedded control plane and tells its parent where it is, and how long after the start of its process. */
async function main(): Promise<void> {
  const { server, token, certificate } = await startSandbox({ clock: systemClock, nodes: 1 });
  process.send?.({ startMs: performance.now(), server, token, certificate });
}

void main();
