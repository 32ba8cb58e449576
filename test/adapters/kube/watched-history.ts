import { coreKinds, json, type Reply, status } from './scripted-server.ts';

interface Change {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly name: string;
  readonly version: number;
}

/** Numbers from 0 up to below 1, the same for the same seed (Numerical Recipes' generator). */
function dice(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function objectOf({ name, version }: Change): object {
  const metadata = { name, namespace: 'default', uid: name, resourceVersion: String(version) };
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { text: `ü${'x'.repeat(version % 300)}` } };
}

/**
 * A server of ConfigMaps whose changes are drawn by lot, and which does its clients harm: it cuts watches at any byte, ends
 * them, forgets its past, and refuses. Each request lets time go on, so that after some of them the last change is made.
 */
export class WatchedHistory {
  private readonly random: () => number;
  private readonly all: readonly Change[];
  private now = 0;
  private kept = 0;

  constructor(seed: number, length: number) {
    this.random = dice(seed);
    const present = new Set<string>();
    this.all = Array.from({ length }, (_, index) => this.draw(index + 1, present));
  }

  /** `name@version` of what there is once the last change is made. */
  get outcome(): readonly string[] {
    return this.stateAt(this.all.length)
      .map(({ name, version }) => `${name}@${version}`)
      .toSorted();
  }

  readonly reply: Reply = (request, response, socket) => {
    const url = new URL(request.url, 'https://server');
    if (url.pathname === '/api/v1') {
      coreKinds(request, response, socket);
      return;
    }
    this.now = Math.min(this.all.length, this.now + Math.floor(this.random() * 12) + 1);
    const answer = url.searchParams.has('watch')
      ? this.watch(Number(url.searchParams.get('resourceVersion')))
      : this.list();
    answer(request, response, socket);
  };

  private draw(version: number, present: Set<string>): Change {
    const name = `m${Math.floor(this.random() * 8)}`;
    if (!present.has(name)) {
      present.add(name);
      return { type: 'ADDED', name, version };
    }
    if (this.random() < 0.4) {
      present.delete(name);
      return { type: 'DELETED', name, version };
    }
    return { type: 'MODIFIED', name, version };
  }

  private stateAt(version: number): readonly Change[] {
    const state = new Map<string, Change>();
    for (const change of this.all.slice(0, version)) {
      if (change.type === 'DELETED') {
        state.delete(change.name);
      } else {
        state.set(change.name, change);
      }
    }
    return [...state.values()];
  }

  private list(): Reply {
    return this.random() < 0.2
      ? status(503)
      : json(200, { metadata: { resourceVersion: String(this.now) }, items: this.stateAt(this.now).map(objectOf) });
  }

  private watch(from: number): Reply {
    const lot = this.random();
    if (lot < 0.1) {
      this.kept = this.now;
    }
    if (from < this.kept) {
      return lot < 0.05 ? status(410) : sends(eventLine('ERROR', { kind: 'Status', code: 410 }), 'end');
    }
    if (lot < 0.3) {
      return status(lot < 0.2 ? 500 : 429);
    }
    const lines = this.all.slice(from, this.now).map((change) => eventLine(change.type, objectOf(change)));
    lines.push(eventLine('BOOKMARK', { metadata: { resourceVersion: String(this.now) } }));
    const bytes = Buffer.concat(lines);
    if (lot < 0.7) {
      return sends(bytes.subarray(0, Math.floor(this.random() * bytes.length)), 'cut');
    }
    return sends(bytes, this.now === this.all.length ? 'open' : 'end');
  }
}

function eventLine(type: string, object: object): Buffer {
  return Buffer.from(`${JSON.stringify({ type, object })}\n`);
}

function sends(bytes: Buffer, then: 'open' | 'end' | 'cut'): Reply {
  return (_request, response, socket) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write(bytes, () => {
      if (then === 'end') {
        response.end();
      } else if (then === 'cut') {
        socket.destroy();
      }
    });
  };
}
