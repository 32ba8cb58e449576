import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * What happens to a watch when one of its events arrives, which the client then doesn't hear of.
 * - cut: the connection is cut.
 * - end: the watch ends in order, as the server ends it after a while.
 * - expired: the server says that it no longer has the versions that follow.
 * - late: this event and those after it come that much later.
 */
export type WatchFault = { readonly kind: 'cut' | 'end' | 'expired' } | { readonly kind: 'late'; readonly ms: number };

const expired = {
  type: 'ERROR',
  object: {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message: 'too old resource version: the proxy says so',
    reason: 'Expired',
    code: 410,
  },
};

export function isWatch(path: string): boolean {
  return path.includes('watch=true');
}

/** Passes a watch on line by line until one side ends it, or a fault does. */
export async function relayWatch(
  incoming: IncomingMessage,
  response: ServerResponse,
  onEvent: () => WatchFault | undefined | Promise<WatchFault | undefined>,
): Promise<void> {
  const { connection: _connection, 'transfer-encoding': _encoding, ...headers } = incoming.headers;
  response.once('close', () => incoming.destroy());
  if (response.destroyed) {
    incoming.destroy();
    return;
  }
  response.writeHead(incoming.statusCode ?? 0, headers);
  response.flushHeaders();
  try {
    for await (const line of linesOf(incoming)) {
      const fault = await onEvent();
      if (fault?.kind === 'late') {
        await sleep(fault.ms);
      } else if (fault !== undefined) {
        endBy(fault.kind, response);
        return;
      }
      response.write(`${line}\n`);
    }
    response.end();
  } finally {
    incoming.destroy();
  }
}

function endBy(kind: 'cut' | 'end' | 'expired', response: ServerResponse): void {
  if (kind === 'cut') {
    response.socket?.destroy();
  } else {
    response.end(kind === 'expired' ? `${JSON.stringify(expired)}\n` : undefined);
  }
}

/** The lines of a stream as they come. */
export async function* linesOf(stream: IncomingMessage): AsyncGenerator<string> {
  let rest = '';
  stream.setEncoding('utf8');
  for await (const chunk of stream) {
    const lines = (rest + String(chunk)).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
}
