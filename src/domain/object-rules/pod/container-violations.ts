import { labelName } from '../../crd/name-rules.ts';
import type { Violation } from '../../crd/violation.ts';
import { violation } from '../../crd/violation.ts';
import { isJsonObject, listAt, numberAt, textAt, valueAt } from '../../json.ts';
import type { Json, JsonObject } from '../../json.ts';
import { duplicate, forbidden, invalidValue, named, oneOf, required } from '../field-errors.ts';
import { portName, portNumber, protocols } from '../port-rules.ts';
import { probeViolations } from './probe-violations.ts';
import { resourceViolations } from './resource-violations.ts';

/** What every container has to hold to, whatever its part in the pod; `volumes` are the names of those that it may mount. */
export function containerViolations(
  field: string,
  container: Json,
  volumes: ReadonlySet<string>,
): readonly Violation[] {
  const name = textAt(container, 'name') ?? '';
  const image = textAt(container, 'image') ?? '';
  return [
    ...(name === '' ? [required(`${field}.name`)] : named(`${field}.name`, name, labelName)),
    ...(image === '' ? [required(`${field}.image`)] : []),
    ...oneOf(`${field}.terminationMessagePolicy`, textAt(container, 'terminationMessagePolicy'), [
      'File',
      'FallbackToLogsOnError',
    ]),
    ...portsOf(`${field}.ports`, listAt(container, 'ports')),
    ...listAt(container, 'env').flatMap((one, index) => envViolations(`${field}.env[${index}]`, one)),
    ...mountsOf(`${field}.volumeMounts`, listAt(container, 'volumeMounts'), volumes),
    ...oneOf(`${field}.imagePullPolicy`, textAt(container, 'imagePullPolicy'), ['Always', 'IfNotPresent', 'Never']),
    ...resourceViolations(`${field}.resources`, valueAt(container, 'resources')),
    ...securityViolations(`${field}.securityContext`, valueAt(container, 'securityContext')),
  ];
}

function portsOf(field: string, ports: readonly Json[]): readonly Violation[] {
  const names = ports.map((port) => textAt(port, 'name') ?? '');
  return ports.flatMap((port, index) => {
    const at = `${field}[${index}]`;
    const name = names[index] ?? '';
    const malformed = name === '' ? [] : portName(`${at}.name`, name);
    const number = numberAt(port, 'containerPort') ?? 0;
    const host = numberAt(port, 'hostPort') ?? 0;
    return [
      ...malformed,
      ...(name !== '' && malformed.length === 0 && names.indexOf(name) < index ? [duplicate(`${at}.name`, name)] : []),
      ...(number === 0 ? [required(`${at}.containerPort`)] : portNumber(`${at}.containerPort`, number)),
      ...(host === 0 ? [] : portNumber(`${at}.hostPort`, host)),
      ...oneOf(`${at}.protocol`, textAt(port, 'protocol'), protocols),
    ];
  });
}

const sources: readonly string[] = ['fieldRef', 'resourceFieldRef', 'configMapKeyRef', 'secretKeyRef', 'fileKeyRef'];

function envViolations(field: string, env: Json): readonly Violation[] {
  const name = textAt(env, 'name') ?? '';
  const isPrintable = /^[\x20-\x3C\x3E-\x7E]+$/u.test(name);
  const rule = "a valid environment variable name must consist only of printable ASCII characters other than '='";
  const from = valueAt(env, 'valueFrom');
  const malformed = isPrintable ? [] : [invalidValue(`${field}.name`, name, rule)];
  return [
    ...(name === '' ? [required(`${field}.name`)] : malformed),
    ...(isJsonObject(from) ? sourceViolations(`${field}.valueFrom`, from, textAt(env, 'value') ?? '') : []),
  ];
}

function sourceViolations(field: string, from: JsonObject, value: string): readonly Violation[] {
  const given = sources.filter((source) => from[source] !== undefined);
  if (given.length === 0) {
    const choice =
      'must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`';
    return [invalidValue(field, '', choice)];
  }
  return [
    ...(value === '' ? [] : [invalidValue(field, '', 'may not be specified when `value` is not empty')]),
    ...(given.length > 1 ? [invalidValue(field, '', 'may not have more than one field specified at a time')] : []),
  ];
}

function mountsOf(field: string, mounts: readonly Json[], volumes: ReadonlySet<string>): readonly Violation[] {
  const paths = mounts.map((mount) => textAt(mount, 'mountPath') ?? '');
  return mounts.flatMap((mount, index) => {
    const at = `${field}[${index}]`;
    const name = textAt(mount, 'name') ?? '';
    const path = paths[index] ?? '';
    const unknown = volumes.has(name) ? [] : [violation('FieldValueNotFound', `${at}.name`, `Not found: "${name}"`)];
    return [
      ...(name === '' ? [required(`${at}.name`)] : []),
      ...unknown,
      ...(path === '' ? [required(`${at}.mountPath`)] : []),
      ...(paths.indexOf(path) < index ? [invalidValue(`${at}.mountPath`, path, 'must be unique')] : []),
    ];
  });
}

const highestId = 2_147_483_647;

function securityViolations(field: string, context: Json | undefined): readonly Violation[] {
  return ['runAsUser', 'runAsGroup'].flatMap((name) => {
    const id = numberAt(context, name) ?? 0;
    const isId = id >= 0 && id <= highestId;
    return isId ? [] : [invalidValue(`${field}.${name}`, id, `must be between 0 and ${highestId}, inclusive`)];
  });
}

/** Probes and hooks, which containers that run beside one another have, and those that start them do not. */
export function lifeViolations(field: string, container: Json, isStarter: boolean): readonly Violation[] {
  const parts = ['lifecycle', 'livenessProbe', 'readinessProbe', 'startupProbe'];
  if (isStarter) {
    const rule = 'may not be set for init containers without restartPolicy=Always';
    return parts
      .filter((name) => valueAt(container, name) !== undefined)
      .map((name) => forbidden(`${field}.${name}`, rule));
  }
  return parts.flatMap((name) => probeViolations(`${field}.${name}`, valueAt(container, name), name));
}
