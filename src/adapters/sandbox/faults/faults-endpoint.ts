import type { IncomingMessage, ServerResponse } from 'node:http';
import { noFaults } from '../../../domain/fault/fault-settings.ts';
import type { FaultSettings } from '../../../domain/fault/fault-settings.ts';
import { readFaultSettings } from '../../../domain/fault/read-fault-settings.ts';
import type { Json } from '../../../domain/json.ts';
import { forbiddenText } from '../../../domain/rbac/forbidden.ts';
import { superusers } from '../../../domain/rbac/user-info.ts';
import type { UserInfo } from '../../../domain/rbac/user-info.ts';
import { forbidden } from '../access/access-control.ts';
import { sendBody } from '../answers/send-answer.ts';
import { StatusError, badRequest } from '../answers/status-error.ts';
import { readBody } from '../bodies/read-body.ts';
import { mergePatch } from '../requests/patches.ts';
import type { FaultPlan } from './fault-plan.ts';

/** Where an embedded control plane is told what to do wrong; no path of a real one. */
export const faultsPath = '/metalwave/faults';

/** GET shows the faults and how often each was played, PUT replaces them, PATCH (RFC 7396) changes them, DELETE ends them. */
export async function answerFaults(
  faults: FaultPlan,
  user: UserInfo,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const method = request.method ?? '';
  if (!user.groups.includes(superusers)) {
    const action = { verb: method.toLowerCase(), path: faultsPath };
    throw forbidden(action, forbiddenText(user, action, "only the administrator's token does"));
  }
  switch (method) {
    case 'GET':
      break;
    case 'PUT':
      faults.set(settingsIn(await bodyOf(request)));
      break;
    case 'PATCH':
      faults.set(settingsIn(mergePatch(asJson(faults.settings), await bodyOf(request))));
      break;
    case 'DELETE':
      faults.set(noFaults);
      break;
    default:
      response.setHeader('allow', 'GET, PUT, PATCH, DELETE');
      throw new StatusError(405, 'MethodNotAllowed', `${faultsPath} takes GET, PUT, PATCH and DELETE`, {});
  }
  await sendBody(response, 200, asJson({ faults: faults.settings, counts: faults.counts }));
}

async function bodyOf(request: IncomingMessage): Promise<Json> {
  const text = (await readBody(request)).toString('utf8');
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    throw badRequest(`faults are sent as JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function settingsIn(value: Json): FaultSettings {
  const read = readFaultSettings(value);
  if (!read.ok) {
    throw badRequest(read.mistakes.join('; '));
  }
  return read.settings;
}

/** Settings hold nothing but what JSON does. */
function asJson(value: unknown): Json {
  return value as Json;
}
