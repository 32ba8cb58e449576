import type { KubeObject } from '../../../domain/manifest/kube-object.ts';

/** Characters that are collected before they become a piece. */
const pieceLimit = 64 * 1024;

/** The events that tell a watch what is there, as bytes in larger pieces. Each is made when somebody asks for it first. */
class InitialEvents {
  readonly #texts: Iterator<string>;
  readonly #pieces: Buffer[] = [];
  #isWhole = false;
  users = 0;

  constructor(texts: Iterator<string>) {
    this.#texts = texts;
  }

  /** undefined after the last one. */
  pieceAt(index: number): Buffer | undefined {
    if (index === this.#pieces.length && !this.#isWhole) {
      this.#makePiece();
    }
    return this.#pieces[index];
  }

  #makePiece(): void {
    let text = '';
    while (text.length < pieceLimit && !this.#isWhole) {
      const next = this.#texts.next();
      if (next.done === true) {
        this.#isWhole = true;
      } else {
        text += next.value;
      }
    }
    if (text !== '') {
      this.#pieces.push(Buffer.from(text));
    }
  }
}

/** Those that watches are being told now, by the list that they tell of and by how. */
const shared = new WeakMap<readonly KubeObject[], Map<string, InitialEvents>>();

interface Telling {
  readonly list: readonly KubeObject[];
  /** Equal for watches that are told the same in the same form; undefined for one that shares with none. */
  readonly shareAs: string | undefined;
  /** Nothing more is told once it is aborted. */
  readonly ended: AbortSignal;
  readonly textOf: (object: KubeObject) => string | undefined;
}

/**
 * Gives `write` the initial events piece by piece, each when the one before is taken. Watches that begin with the same list
 * get the same bytes, which are forgotten when the last of them has them all.
 */
export async function tellInitial(
  telling: Telling,
  write: (piece: Buffer) => Promise<void> | undefined,
): Promise<void> {
  const { list, shareAs, ended } = telling;
  const known = shareAs === undefined ? new Map<string, InitialEvents>() : sharedOf(list);
  const key = shareAs ?? '';
  const events = known.get(key) ?? new InitialEvents(eventsOf(telling));
  known.set(key, events);
  events.users += 1;
  try {
    for (
      let index = 0, piece = events.pieceAt(0);
      piece !== undefined && !ended.aborted;
      piece = events.pieceAt(index)
    ) {
      await write(piece);
      index += 1;
    }
  } finally {
    events.users -= 1;
    if (events.users === 0) {
      known.delete(key);
    }
  }
}

function sharedOf(list: readonly KubeObject[]): Map<string, InitialEvents> {
  const known = shared.get(list) ?? new Map<string, InitialEvents>();
  shared.set(list, known);
  return known;
}

function* eventsOf({ list, textOf }: Telling): Generator<string> {
  for (const object of list) {
    const text = textOf(object);
    if (text !== undefined) {
      yield `{"type":"ADDED","object":${text}}\n`;
    }
  }
}
