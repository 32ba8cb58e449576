import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { WriteLimit } from '../../ports/cluster.ts';
import { AnswerReader, OversizedAnswerError } from './answer-reader.ts';
import { type HttpResponse, type TransportProblem, TransportError } from './http-exchange.ts';

/** One request as it goes out, and who waits for its answer. */
export interface Exchange {
  /** Head and body. */
  readonly text: string;
  readonly timeoutMs: number;
  /** Asked right before the request goes out. What it throws becomes of the request, and nothing goes out. */
  readonly limit: WriteLimit | undefined;
  readonly resolve: (answer: HttpResponse) => void;
  readonly reject: (error: unknown) => void;
}

/** Who hands out connections. */
export interface ConnectionOwner {
  /** It can serve another exchange; what waits is begun before this returns. */
  free(connection: ServerConnection): void;
  /** It will serve nothing more. */
  gone(connection: ServerConnection): void;
}

/** So long before the server will close an idle connection, none is begun on it any more. */
const closingMarginMs = 1_000;

/** One connection, one exchange at a time. While it is idle it doesn't keep the process alive. */
export class ServerConnection {
  private readonly socket: Socket;
  private readonly largestBody: number;
  private readonly owner: ConnectionOwner;
  private reader: AnswerReader;
  private current: Exchange | undefined;
  private timer: NodeJS.Timeout | undefined;
  private timerMs = 0;
  private isReused = false;
  private isUnheld = false;
  private isGone = false;

  /** The socket is connecting for this exchange, which is timed from now on. */
  constructor(socket: Socket, largestBody: number, owner: ConnectionOwner, first: Exchange) {
    this.socket = socket;
    this.largestBody = largestBody;
    this.owner = owner;
    this.reader = new AnswerReader(largestBody);
    this.current = first;
    this.startTimer(first.timeoutMs);
    socket.setNoDelay(true);
    socket.once(socket instanceof TLSSocket ? 'secureConnect' : 'connect', () => {
      this.send(first);
    });
    this.listen();
  }

  /** Begins an exchange on an idle connection. */
  begin(exchange: Exchange): void {
    this.current = exchange;
    this.isReused = true;
    this.reader = new AnswerReader(this.largestBody);
    if (this.isUnheld) {
      this.isUnheld = false;
      this.socket.setTimeout(0);
      this.socket.ref();
    }
    this.startTimer(exchange.timeoutMs);
    this.send(exchange);
  }

  /** Nobody waits for this exchange any more. What the server does with it is unknown. */
  abandon(exchange: Exchange): void {
    if (this.current === exchange) {
      this.current = undefined;
      this.close('broken');
    }
  }

  /** Ends it; what is under way fails. */
  destroy(): void {
    this.close('broken', new Error('the connection was closed'));
  }

  private listen(): void {
    const { socket } = this;
    socket.on('data', (chunk: Buffer) => {
      this.read(chunk);
    });
    socket.on('end', () => {
      this.reader.end();
      this.settle();
      this.close('broken', new Error('the server closed the connection'));
    });
    socket.on('error', (error) => {
      this.close('broken', error);
    });
    socket.on('close', () => {
      this.destroy();
    });
    // Set while it is idle only.
    socket.on('timeout', () => {
      this.destroy();
    });
  }

  /** A timer is kept from exchange to exchange. */
  private startTimer(ms: number): void {
    if (this.timer !== undefined && this.timerMs === ms) {
      this.timer.refresh();
      return;
    }
    clearTimeout(this.timer);
    this.timerMs = ms;
    this.timer = setTimeout(() => {
      if (this.current !== undefined) {
        this.close('timeout');
      }
    }, ms).unref();
  }

  private send(exchange: Exchange): void {
    if (this.current !== exchange) {
      return;
    }
    try {
      exchange.limit?.beforeSend();
    } catch (error) {
      this.current = undefined;
      exchange.reject(error);
      this.becomeIdle();
      return;
    }
    this.socket.write(exchange.text);
  }

  private read(chunk: Buffer): void {
    if (this.current === undefined) {
      // Nobody asked for anything.
      this.destroy();
      return;
    }
    try {
      this.reader.push(chunk);
    } catch (error) {
      this.close(error instanceof OversizedAnswerError ? 'oversized' : 'broken', error);
      return;
    }
    this.settle();
  }

  /** Gives the answer, where it is whole. */
  private settle(): void {
    const { current, reader } = this;
    if (current === undefined || !reader.isDone) {
      return;
    }
    this.current = undefined;
    current.resolve(reader.answer);
    if (reader.keepsAlive) {
      this.becomeIdle();
    } else {
      this.destroy();
    }
  }

  private becomeIdle(): void {
    this.owner.free(this);
    if (this.current !== undefined || this.isGone) {
      return;
    }
    this.isUnheld = true;
    this.socket.unref();
    const [, seconds] = /\btimeout=(\d{1,6})\b/u.exec(this.reader.keepAliveHint) ?? [];
    if (seconds !== undefined) {
      this.socket.setTimeout(Math.max(Number(seconds) * 1_000 - closingMarginMs, 1));
    }
  }

  private close(problem: TransportProblem, cause?: unknown): void {
    if (this.isGone) {
      return;
    }
    this.isGone = true;
    clearTimeout(this.timer);
    const { current } = this;
    this.current = undefined;
    this.socket.destroy();
    this.owner.gone(this);
    current?.reject(new TransportError(problem, this.isReused, cause));
  }
}
