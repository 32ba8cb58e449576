import { address, share } from '../some-claims.ts';
import { Choices } from './choices.ts';
import { ModelController, type ModelReply, type ModelRequest, type ModelScene, type Task } from './model-controller.ts';
import { ModelServer } from './model-server.ts';
import type { Protocol } from './protocol.ts';

const addresses = ['10.0.0.1', '10.0.0.2', '10.0.1.1'].map((text) => address(text));
const names = ['a', 'b', 'c'];
const shares = [undefined, undefined, undefined, share('k', 'TCP/80'), share('k', 'TCP/443'), share('k', 'TCP/80')];

interface Process {
  controller: ModelController;
  task: Task | undefined;
  request: ModelRequest | undefined;
}

/** What a run came to. */
export interface RunResult {
  readonly violation: string | undefined;
  readonly publications: number;
  readonly releases: number;
}

/** Controllers, the network between them and the server, and people who change things, in an order that the choices give. */
class Run {
  private readonly scene: ModelScene;
  private readonly processes: Process[];
  /** Requests whose sender has stopped waiting; they may arrive at any later time, or never. */
  private readonly underWay: ModelRequest[] = [];
  private publications = 0;
  private releases = 0;

  constructor(protocol: Protocol, choices: Choices) {
    const server = new ModelServer();
    this.scene = { server, protocol, choices, addresses, pool: addresses };
    server.create('a', undefined, choices.pick([undefined, ...addresses]));
    server.create('b', undefined);
    this.processes = Array.from({ length: 2 + choices.below(2) }, () => this.started());
  }

  result(): RunResult {
    while (this.scene.choices.areLeft) {
      this.step();
      const violation = this.scene.server.violation();
      if (violation !== undefined) {
        return { violation, publications: this.publications, releases: this.releases };
      }
    }
    return { violation: undefined, publications: this.publications, releases: this.releases };
  }

  private started(): Process {
    return { controller: new ModelController(this.scene), task: undefined, request: undefined };
  }

  private step(): void {
    const { choices } = this.scene;
    const kind = choices.below(20);
    if (kind < 2) {
      this.changeWorld();
    } else if (kind === 2) {
      this.arriveLate();
    } else {
      const index = choices.below(this.processes.length);
      const process = this.processes[index];
      if (process !== undefined) {
        this.advance(process, kind);
      }
    }
  }

  private advance(process: Process, kind: number): void {
    if (kind === 3 && this.scene.choices.oneIn(3)) {
      this.leave(process.request);
      Object.assign(process, this.started());
    } else if (kind < 7) {
      process.controller.hear();
    } else if (process.task === undefined || process.request === undefined) {
      process.task = process.controller.task();
      this.proceed(process, { kind: 'lost' });
    } else {
      this.proceed(process, this.send(process.request));
    }
  }

  private proceed(process: Process, reply: ModelReply): void {
    const next = process.task?.next(reply);
    const isOver = next === undefined || next.done === true;
    process.request = isOver ? undefined : next.value;
    process.task = isOver ? undefined : process.task;
  }

  /** The request arrives and is answered; or it does not arrive; or its answer is lost; or it arrives late. */
  private send(request: ModelRequest): ModelReply {
    const fate = this.scene.choices.below(12);
    if (fate === 0) {
      return { kind: 'lost' };
    }
    if (fate === 1) {
      this.leave(request);
      return { kind: 'lost' };
    }
    const reply = this.act(request);
    return fate === 2 ? { kind: 'lost' } : reply;
  }

  private leave(request: ModelRequest | undefined): void {
    if (request?.kind === 'swap' || request?.kind === 'status') {
      this.underWay.push(request);
    }
  }

  private arriveLate(): void {
    if (this.underWay.length > 0) {
      const [request] = this.underWay.splice(this.scene.choices.below(this.underWay.length), 1);
      if (request !== undefined) {
        this.act(request);
      }
    }
  }

  private act(request: ModelRequest): ModelReply {
    const { server } = this.scene;
    switch (request.kind) {
      case 'read-block':
        return { kind: 'done', block: server.storedAt(request.name) };
      case 'read-services':
        return { kind: 'done', list: server.list };
      case 'swap': {
        const before = Object.keys(server.storedAt(request.name)?.['data'] ?? {}).length;
        if (!server.swap(request.name, request.fence, request.wanted)) {
          return { kind: 'refused' };
        }
        this.releases += before > request.wanted.entries.size ? 1 : 0;
        return { kind: 'done', block: server.storedAt(request.name) };
      }
      case 'status': {
        const service = server.patchStatus(request.name, request.fence, request.addresses);
        this.publications += service !== undefined && (request.addresses?.length ?? 0) > 0 ? 1 : 0;
        return service === undefined ? { kind: 'refused' } : { kind: 'done', service };
      }
    }
  }

  private changeWorld(): void {
    const { server, choices } = this.scene;
    const name = choices.pick(names) ?? 'a';
    const isThere = server.list.services.has(name);
    switch (choices.below(6)) {
      case 0:
        if (isThere) {
          server.remove(name);
        }
        break;
      case 1:
        server.edit(name, { share: choices.pick(shares) });
        break;
      case 2:
        server.edit(name, { clears: true });
        break;
      case 3:
        this.scene.pool = addresses.filter(() => choices.oneIn(2));
        break;
      case 4:
        this.scene.pool = addresses;
        break;
      default:
        if (isThere) {
          server.edit(name, {});
        } else {
          server.create(name, choices.pick(shares));
        }
    }
  }
}

/** One run of the protocol, in the order that the numbers give. */
export function interleave(protocol: Protocol, numbers: readonly number[]): RunResult {
  return new Run(protocol, new Choices(numbers)).result();
}
