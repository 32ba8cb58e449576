/** What a wait or a request throws when its work is called off is no error. */
export function throwUnlessAborted(error: unknown, signal: AbortSignal): void {
  if (!signal.aborted) {
    throw error;
  }
}
