import type { Fault } from '../../road/fault-proxy.ts';
import type { WatchFault } from '../../road/fault-watch.ts';
import type { KillMoment } from '../../road/kill.ts';
import type { Verdict } from '../move/scene.ts';
import { followCourse, prepareCourse, wrongAtEnd } from './course.ts';
import { jumpingClock } from './jumping-clock.ts';
import type { AllocationScene } from './scene.ts';

/** How long a course is, that nobody disturbs. */
export interface CourseLength {
  readonly requests: number;
  /** Events of its watches. */
  readonly events: number;
}

/** One kind of harm to one request, or to a watch at one of its events. */
export interface RequestHarm {
  readonly name: string;
  readonly fault: Fault;
  /** Of a stale read: how old. */
  readonly since?: 'this run' | 'runs before';
}
export interface WatchHarm {
  readonly name: string;
  readonly fault: WatchFault;
}

export const requestHarms: readonly RequestHarm[] = [
  { name: '409 Conflict', fault: { kind: 'answer', status: 409, reason: 'Conflict' } },
  { name: '429 with Retry-After', fault: { kind: 'answer', status: 429, reason: 'TooManyRequests', retryAfter: 1 } },
  { name: '500 Internal Error', fault: { kind: 'answer', status: 500, reason: 'InternalError' } },
  { name: '410 Expired', fault: { kind: 'answer', status: 410, reason: 'Expired' } },
  { name: 'connection cut before the server acts', fault: { kind: 'cut-before' } },
  { name: 'connection cut after the server acted', fault: { kind: 'cut-after' } },
  { name: 'answer two seconds late', fault: { kind: 'delay', ms: 2_000 } },
  { name: 'stale read: from the beginning of this run', fault: { kind: 'stale' }, since: 'this run' },
  { name: 'stale read: from a cluster that is gone', fault: { kind: 'stale' }, since: 'runs before' },
];

export const watchHarms: readonly WatchHarm[] = [
  { name: 'watch cut', fault: { kind: 'cut' } },
  { name: 'watch ended in order', fault: { kind: 'end' } },
  { name: 'watch told 410 Expired', fault: { kind: 'expired' } },
  { name: 'watch two seconds behind', fault: { kind: 'late', ms: 2_000 } },
];

async function prepare(scene: AllocationScene): Promise<void> {
  await scene.reset();
  await prepareCourse(scene);
  await scene.seen();
}

/** The course without any disturbance. Throws where it isn't clean. */
export async function undisturbedCourse(scene: AllocationScene): Promise<CourseLength> {
  await prepare(scene);
  let events = 0;
  scene.proxy.onEvent = ({ number }): undefined => {
    events = number;
  };
  scene.start('proxy');
  const { wrong } = await scene.verdict(await followCourse(scene));
  if (wrong.length > 0) {
    throw new Error(`the undisturbed course is not clean: ${wrong.join('\n')}`);
  }
  return { requests: scene.proxy.requests.length, events };
}

export async function harmRequest(scene: AllocationScene, harm: RequestHarm, number: number): Promise<Verdict> {
  if (harm.since !== 'runs before') {
    scene.proxy.forget();
  }
  await prepare(scene);
  scene.proxy.onRequest = (request) => (request.number === number ? harm.fault : undefined);
  scene.start('proxy');
  return scene.verdict(await followCourse(scene));
}

export async function harmWatch(scene: AllocationScene, { fault }: WatchHarm, number: number): Promise<Verdict> {
  await prepare(scene);
  scene.proxy.onEvent = (event) => (event.number === number ? fault : undefined);
  scene.start('proxy');
  return scene.verdict(await followCourse(scene));
}

/** Kills the process with SIGKILL at its `number`-th request; another is started at once. */
export async function killController(scene: AllocationScene, moment: KillMoment, number: number): Promise<Verdict> {
  await prepare(scene);
  const started: Promise<unknown>[] = [];
  const options = { through: 'proxy', elects: false } as const;
  const hook = (request: { readonly number: number }): Fault | undefined => {
    if (request.number !== number) {
      return undefined;
    }
    first.signal('SIGKILL');
    started.push(scene.startProcess(options));
    return { kind: moment === 'arrived' ? 'cut-before' : 'cut-after' };
  };
  Object.assign(scene.proxy, moment === 'arrived' ? { onRequest: hook } : { onAnswer: hook });
  const first = await scene.startProcess(options);
  const wrong = await followCourse(scene);
  await Promise.all(started);
  return scene.verdict(wrong);
}

/** Holds everything from a request on, until it is opened. */
class Gate {
  private readonly opened: Promise<void>;
  private release: () => void = () => undefined;
  isClosed = false;

  constructor() {
    this.opened = new Promise((resolve) => {
      this.release = resolve;
    });
  }

  async pass(): Promise<undefined> {
    await (this.isClosed ? this.opened : undefined);
  }

  open(): void {
    this.isClosed = false;
    this.release();
  }
}

/**
 * A controller that believes to lead is held at its `number`-th request, with all that it has on its way and all that it would
 * hear, while another does its work and the world goes on; then it goes on as if nothing had happened.
 */
export async function holdController(scene: AllocationScene, number: number): Promise<Verdict> {
  await prepare(scene);
  const gate = new Gate();
  scene.proxy.onRequest = (request) => {
    if (request.number === number) {
      gate.isClosed = true;
      scene.start('server', { elects: false });
    }
    return gate.pass();
  };
  scene.proxy.onEvent = () => gate.pass();
  scene.start('proxy', { elects: false });
  const wrong = await followCourse(scene, async (stretch) => {
    if (stretch === 2) {
      gate.open();
    }
  });
  gate.open();
  await scene.proxy.idle();
  return scene.verdict([...wrong, ...(await wrongAtEnd(scene))]);
}

/** SIGSTOP for the leader at its `number`-th request, until another process has the lead and has gone on without it. */
export async function pauseLeader(scene: AllocationScene, number: number): Promise<Verdict> {
  await prepare(scene);
  const gate = new Gate();
  const started: Promise<unknown>[] = [];
  scene.proxy.onRequest = (request) => {
    if (request.number === number) {
      gate.isClosed = true;
      leader.signal('SIGSTOP');
      started.push(scene.startProcess({ through: 'server', elects: true }));
    }
    return gate.pass();
  };
  const leader = await scene.startProcess({ through: 'proxy', elects: true });
  const goOn = (): void => {
    gate.open();
    leader.signal('SIGCONT');
  };
  const wrong = await followCourse(scene, async (stretch) => {
    if (stretch === 2) {
      goOn();
    }
  });
  goOn();
  await Promise.all(started);
  await scene.proxy.idle();
  return scene.verdict([...wrong, ...(await wrongAtEnd(scene))]);
}

/** Two that are elected by clocks which jump: the wall clock either way, the other one ahead. */
export async function jumpClocks(scene: AllocationScene, seed: number): Promise<Verdict> {
  await prepare(scene);
  scene.start('proxy', { clock: jumpingClock(seed * 2) });
  scene.start('proxy', { clock: jumpingClock(seed * 2 + 1) });
  return scene.verdict(await followCourse(scene));
}
