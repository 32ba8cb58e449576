import { ServerResponse } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { FaultTarget } from '../../../domain/fault/play-faults.ts';
import type { Clock } from '../../../ports/clock.ts';
import { actionOf } from '../access/request-action.ts';
import { StatusError } from '../answers/status-error.ts';
import type { ResourcePath } from '../requests/request-path.ts';
import type { FaultPlan } from './fault-plan.ts';

interface FaultParts {
  readonly clock: Clock;
  readonly faults: FaultPlan;
  readonly stopped: AbortSignal;
}

/** Answers a request after what the faults do to it; some leave nothing to answer. */
export async function answerFaulted(
  parts: FaultParts,
  target: FaultTarget,
  request: IncomingMessage,
  response: ServerResponse,
  answer: (response: ServerResponse) => Promise<void>,
): Promise<void> {
  const { delayMs, harm } = parts.faults.ofRequest(target);
  if (delayMs > 0) {
    await parts.clock.sleep(delayMs, parts.stopped).catch(() => undefined);
  }
  switch (harm?.fault) {
    case undefined:
      await answer(response);
      return;
    case 'error':
      return refuse(target, response, harm);
    case 'cut-after':
      // A watch has no effect, and its answer no end.
      if (target.verb !== 'watch') {
        await answer(new ServerResponse(request)).catch(() => undefined);
      }
      request.socket.destroy();
      return;
    case 'cut-before':
      request.socket.destroy();
  }
}

/** What a request asks for, as faults select it. */
export function faultTarget(
  { method = '', headers }: IncomingMessage,
  url: URL,
  path: ResourcePath | undefined,
): FaultTarget {
  const { verb } = actionOf(method, url, path);
  const group = path === undefined || path.group === '' ? '' : `.${path.group}`;
  return {
    verb,
    resource: `${path?.resource ?? ''}${group}`,
    name: path?.name ?? '',
    dryRun: url.searchParams.getAll('dryRun').includes('All'),
    client: headers['user-agent'] ?? '',
  };
}

const reasons: ReadonlyMap<number, string> = new Map([
  [400, 'BadRequest'],
  [401, 'Unauthorized'],
  [403, 'Forbidden'],
  [404, 'NotFound'],
  [409, 'Conflict'],
  [410, 'Expired'],
  [413, 'RequestEntityTooLarge'],
  [422, 'Invalid'],
  [429, 'TooManyRequests'],
  [500, 'InternalError'],
  [503, 'ServiceUnavailable'],
  [504, 'Timeout'],
]);

interface Refusal {
  readonly status: number;
  readonly reason?: string;
  readonly retryAfterSeconds?: number;
}

function refuse({ verb }: FaultTarget, response: ServerResponse, refusal: Refusal): never {
  const { status, retryAfterSeconds, reason = reasons.get(status) ?? '' } = refusal;
  const details = retryAfterSeconds === undefined ? undefined : { retryAfterSeconds };
  const message = `this answer was asked for as a fault: ${status}${reason === '' ? '' : ` ${reason}`}`;
  if (verb === 'watch' && status === 410) {
    // The watch begins before the server looks for its past.
    response.writeHead(200, { 'content-type': 'application/json' }).flushHeaders();
  }
  throw new StatusError(status, reason, message, details);
}
