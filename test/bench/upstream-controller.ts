import { metallbController } from '../plane/metallb.ts';
import { type Plane, readAudit } from '../plane/plane.ts';
import type { BareClient } from './bare-client.ts';
import { pool, poolsPath, service, servicesPath } from './some-services.ts';
import { until } from './until.ts';

const count = 200;
/** Its client may burst at the start; the pace is that of the Services after these. */
const burst = 50;
const enough = 150;
const ownClass = 'bench/theirs';

/** Times, in milliseconds, at which its writes of Services' status ended. */
function writeTimes(plane: Plane): readonly number[] {
  return readAudit(plane)
    .filter(({ objectRef }) => objectRef?.subresource === 'status' && objectRef.name?.startsWith('theirs-') === true)
    .map(({ stageTimestamp = '' }) => Date.parse(stageTimestamp))
    .toSorted((left, right) => left - right);
}

/**
 * Services a second to which MetalLB's own controller gives an address, on a server that does nothing else. Only some are
 * waited for: its client is limited to a pace, which doesn't depend on how many wait.
 */
export async function upstreamPace(plane: Plane, client: BareClient): Promise<number> {
  await client.send('POST', poolsPath, pool('theirs', '10.210.0.0/20'));
  await client.all(count, (index) =>
    client.send('POST', servicesPath, service(`theirs-${index}`, { loadBalancerClass: ownClass })),
  );
  const program = await metallbController(plane, '0.15.2', { args: [`--lb-class=${ownClass}`] });
  await until(() => Promise.resolve(writeTimes(plane).length >= enough), 200);
  await program.stop();
  await client.send('DELETE', `${poolsPath}/theirs`);
  const times = writeTimes(plane);
  const [from = 0, to = 0] = [times[burst - 1], times[enough - 1]];
  return ((enough - burst) / (to - from)) * 1_000;
}
