import { setMaxListeners } from 'node:events';
import type { ClientRequest } from 'node:http';

/** What becomes of a request; once the signal is aborted, the request is broken off and the signal's reason is thrown. */
export async function untilAborted<T>(outgoing: ClientRequest, answer: Promise<T>, signal: AbortSignal): Promise<T> {
  // As many requests as the caller likes may share its signal.
  setMaxListeners(0, signal);
  const stop = (): void => {
    outgoing.destroy(new Error('aborted'));
  };
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await answer;
  } catch (error) {
    throw signal.aborted ? signal.reason : error;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
