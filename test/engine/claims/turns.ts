import { Failure } from '../../../src/domain/failure.ts';
import type { ClusterReader, ClusterWriter } from '../../../src/ports/cluster.ts';
import type { ObjectReplacer } from '../../../src/ports/object-replacer.ts';
import type { Choices } from '../../domain/claims/model/choices.ts';

interface Pending {
  readonly act: () => Promise<unknown>;
  readonly answer: (result: unknown) => void;
  readonly fail: (error: unknown) => void;
}

type Ports = Pick<ClusterReader, 'list' | 'get'> & ObjectReplacer & Pick<ClusterWriter, 'delete'>;

/** Lets everything that waits for nothing but its turn have it. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 30; turn += 1) {
    await Promise.resolve();
  }
}

/** Holds every request back until its turn comes, by which the choices order those of several clients. */
export class Turns {
  private readonly choices: Choices;
  private readonly pending: Pending[] = [];
  /** Whose senders wait no more; each may arrive at any later time, or never. */
  private readonly late: (() => Promise<unknown>)[] = [];

  constructor(choices: Choices) {
    this.choices = choices;
  }

  /** One client's ports. */
  through(cluster: Ports): Ports {
    return {
      list: async (...args) => this.wait(async () => cluster.list(...args)),
      get: async (...args) => this.wait(async () => cluster.get(...args)),
      create: async (...args) => this.wait(async () => cluster.create(...args)),
      replace: async (...args) => this.wait(async () => cluster.replace(...args)),
      delete: async (...args) => this.wait(async () => cluster.delete(...args)),
    };
  }

  async wait<T>(act: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.pending.push({ act, answer: (result) => resolve(result as T), fail: reject });
    });
  }

  /** One request arrives and is answered; or its answer is lost; or it is lost; or it arrives later. */
  async next(): Promise<void> {
    const { choices, pending, late } = this;
    if (late.length > 0 && choices.oneIn(4)) {
      const [act] = late.splice(choices.below(late.length), 1);
      await act?.().catch(() => undefined);
      return;
    }
    const [one] = pending.splice(choices.below(Math.max(1, pending.length)), 1);
    if (one === undefined) {
      return;
    }
    const fate = choices.below(10);
    if (fate < 2) {
      if (fate === 1) {
        late.push(one.act);
      }
      one.fail(lost());
    } else {
      await one.act().then(fate === 2 ? () => one.fail(lost()) : one.answer, one.fail);
    }
    await settled();
  }
}

function lost(): Failure {
  return new Failure({ code: 'cluster-unreachable', retry: 'now', message: 'the connection was cut' });
}
