import type { Violation } from '../../crd/violation.ts';
import { isJsonObject, listAt, numberAt, valueAt } from '../../json.ts';
import type { Json, JsonObject } from '../../json.ts';
import { forbidden, invalidValue, required } from '../field-errors.ts';
import { portNumber, portNumberOrName } from '../port-rules.ts';

const handlers: readonly string[] = ['exec', 'httpGet', 'tcpSocket', 'grpc', 'sleep'];
const counts = ['initialDelaySeconds', 'timeoutSeconds', 'periodSeconds', 'successThreshold', 'failureThreshold'];

/** A probe, or the hooks of a lifecycle. */
export function probeViolations(field: string, value: Json | undefined, name: string): readonly Violation[] {
  if (!isJsonObject(value)) {
    return [];
  }
  if (name === 'lifecycle') {
    return ['postStart', 'preStop'].flatMap((hook) => {
      const handler = value[hook];
      return isJsonObject(handler) ? handlerViolations(`${field}.${hook}`, handler) : [];
    });
  }
  const successes = numberAt(value, 'successThreshold') ?? 1;
  return [
    ...handlerViolations(field, value),
    ...counts.flatMap((count) => nonNegative(`${field}.${count}`, numberAt(value, count))),
    ...(name !== 'readinessProbe' && successes !== 1
      ? [invalidValue(`${field}.successThreshold`, successes, 'must be 1')]
      : []),
  ];
}

export function nonNegative(field: string, value: number | undefined): readonly Violation[] {
  return value !== undefined && value < 0 ? [invalidValue(field, value, 'must be greater than or equal to 0')] : [];
}

function handlerViolations(field: string, handler: JsonObject): readonly Violation[] {
  const given = handlers.filter((name) => handler[name] !== undefined);
  const [first, ...more] = given;
  if (first === undefined) {
    return [required(field, 'must specify a handler type')];
  }
  return [
    ...actionViolations(`${field}.${first}`, first, handler[first]),
    ...more.map((name) => forbidden(`${field}.${name}`, 'may not specify more than 1 handler type')),
  ];
}

function actionViolations(field: string, name: string, action: Json | undefined): readonly Violation[] {
  switch (name) {
    case 'exec':
      return listAt(action, 'command').length === 0 ? [required(`${field}.command`)] : [];
    case 'httpGet':
    case 'tcpSocket':
      return portNumberOrName(`${field}.port`, valueAt(action, 'port'));
    case 'grpc':
      return portNumber(`${field}.port`, numberAt(action, 'port') ?? 0);
    default:
      return [];
  }
}
