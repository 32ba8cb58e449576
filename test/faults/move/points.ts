import type { Fault } from '../../road/fault-proxy.ts';
import type { KillMoment } from '../../road/kill.ts';
import { type Hook, isWrite, type MoveScene, type Verdict } from './scene.ts';
import type { Ending } from './verdict.ts';

/** As often as a run is started again by default (`sync.retry`), and once more. */
const runsAtMost = 4;
const pass: Hook = () => undefined;

/** What every disturbed move must come to. */
export const unharmed: Verdict = { wrong: [], wronglyDeleted: 0, lost: 0, doubled: 0 };

/** The move without any disturbance: its end, and how many requests it makes. */
export interface Undisturbed {
  readonly ending: Ending;
  readonly requests: number;
}

/** Moves inside this process, again and again until it is done; a person approves each plan that asks for it. */
async function moveUntilDone(scene: MoveScene, hash: string): Promise<readonly string[]> {
  let approve: string | undefined = hash;
  const ends: string[] = [];
  for (let run = 1; run <= runsAtMost; run += 1) {
    const { outcome, why, planHash } = await scene.move(approve);
    if (outcome === 'healthy') {
      return [];
    }
    ends.push(`run ${run}: ${outcome} ${why}`);
    approve = planHash;
  }
  return ends;
}

export async function undisturbedMove(scene: MoveScene): Promise<Undisturbed> {
  await scene.prepare();
  const hash = await scene.planHash();
  scene.disturb(pass);
  const wrong = await moveUntilDone(scene, hash);
  const requests = scene.proxy.requests.length;
  const ending = await scene.ending();
  const verdict = await scene.judge(ending);
  const all = [...wrong, ...verdict.wrong];
  if (all.length + verdict.lost + verdict.wronglyDeleted + verdict.doubled > 0) {
    throw new Error(`the undisturbed move is not clean: ${JSON.stringify({ ...verdict, wrong: all })}`);
  }
  return { ending, requests };
}

/** One more run must find nothing to do. */
async function judged(scene: MoveScene, undisturbed: Ending, wrong: readonly string[]): Promise<Verdict> {
  const verdict = await scene.judge(undisturbed);
  if (wrong.length > 0) {
    return { ...verdict, wrong: [...wrong, ...verdict.wrong] };
  }
  scene.disturb(pass);
  const { outcome, why } = await scene.move();
  const writes = scene.proxy.requests.filter((request) => isWrite(request));
  const last = [
    ...(outcome === 'healthy' ? [] : [`one more run: ${outcome} ${why}`]),
    ...writes.map(({ method, path }) => `one more run wrote: ${method} ${path}`),
  ];
  return { ...verdict, wrong: [...verdict.wrong, ...last] };
}

/** One kind of harm to one request. */
export interface Harm {
  readonly name: string;
  readonly fault: Fault;
  /** Of a stale read: how old. */
  readonly since?: 'before' | 'beginning';
}

export const harms: readonly Harm[] = [
  { name: '409 Conflict', fault: { kind: 'answer', status: 409, reason: 'Conflict' } },
  { name: '429 with Retry-After', fault: { kind: 'answer', status: 429, reason: 'TooManyRequests', retryAfter: 1 } },
  { name: '500 Internal Error', fault: { kind: 'answer', status: 500, reason: 'InternalError' } },
  { name: 'connection cut before the server acts', fault: { kind: 'cut-before' } },
  { name: 'connection cut after the server acted', fault: { kind: 'cut-after' } },
  { name: 'stale read: from the beginning of this run', fault: { kind: 'stale' }, since: 'before' },
  { name: 'stale read: from before the run before', fault: { kind: 'stale' }, since: 'beginning' },
];

/** Does harm to the `number`-th request of the move. */
export async function harmAt(scene: MoveScene, undisturbed: Undisturbed, harm: Harm, number: number): Promise<Verdict> {
  await scene.prepare();
  const hash = await scene.planHash();
  if (harm.since === 'before') {
    scene.proxy.forget();
  }
  const hook: Hook = (request) => (request.number === number ? harm.fault : undefined);
  scene.disturb(hook);
  return judged(scene, undisturbed.ending, await moveUntilDone(scene, hash));
}

const killEnv = { METALWAVE_LOCK_SECONDS: '6' };

/** Syncs as a process, and again with an approval where it asks for one. */
async function syncAgain(scene: MoveScene): Promise<readonly string[]> {
  const args = ['sync', '--env', 'dev', '--retry-limit', '0', '--wait'];
  const first = await scene.road.runWith(killEnv, ...args);
  const hash = /--approve (sha256:[0-9a-f]{64})/u.exec(first.err)?.[1];
  const last =
    first.code === 3 && hash !== undefined ? await scene.road.runWith(killEnv, ...args, '--approve', hash) : first;
  return last.code === 0 ? [] : [`the run after the kill ended with ${String(last.code)}: ${last.err}`];
}

/** The same end by way of processes: what a kill is compared with. */
export async function undisturbedProcess(scene: MoveScene): Promise<Undisturbed> {
  await scene.prepare();
  const hash = await scene.planHash();
  scene.disturb(pass);
  const { code, err } = await scene.road.runWith(killEnv, 'sync', '--env', 'dev', '--approve', hash);
  if (code !== 0) {
    throw new Error(`the undisturbed process ended with ${String(code)}: ${err}`);
  }
  return { requests: scene.proxy.requests.length, ending: await scene.ending() };
}

/** Kills the process with SIGKILL at its `number`-th request, and starts it again. */
export async function killAt(
  scene: MoveScene,
  undisturbed: Undisturbed,
  moment: KillMoment,
  number: number,
): Promise<Verdict> {
  await scene.prepare();
  const hash = await scene.planHash();
  const program = scene.road.start(['sync', '--env', 'dev', '--approve', hash], undefined, killEnv);
  // The program needs far longer to its first request than this, and nothing is awaited in between.
  const hook: Hook = async (request) => {
    if (request.number !== number) {
      return undefined;
    }
    program.kill('SIGKILL');
    await program.ended;
    return { kind: 'cut-before' };
  };
  scene.disturb(moment === 'arrived' ? hook : pass, moment === 'arrived' ? pass : hook);
  await program.ended;
  await scene.proxy.idle();
  const again = await syncAgain(scene);
  const verdict = await scene.judge(undisturbed.ending);
  return { ...verdict, wrong: [...again, ...verdict.wrong] };
}
