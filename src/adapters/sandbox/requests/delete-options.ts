import { violation } from '../../../domain/crd/violation.ts';
import type { Violation } from '../../../domain/crd/violation.ts';
import { isJsonArray, isJsonObject, listAt, numberAt, textAt, valueAt } from '../../../domain/json.ts';
import type { Json, JsonObject } from '../../../domain/json.ts';
import { badRequest, optionsInvalid } from '../answers/status-error.ts';
import type { RemovalOptions } from '../objects/object-remover.ts';
import { isTrue, wholeNumber } from '../listing/list-options.ts';
import { jsonForm } from './patch-types.ts';
import type { Propagation } from './removal.ts';
import type { ResourceRequest } from './resource-request.ts';

const propagations: readonly Propagation[] = ['Background', 'Foreground', 'Orphan'];

/** The options of a deletion: those of its body where there is one, else those of its query. */
export function removalOptions({ query, body, review }: ResourceRequest): RemovalOptions {
  const options = body === undefined ? queryOptions(query) : bodyOptions(body);
  const found = violations(options);
  if (found.length > 0) {
    throw optionsInvalid('DeleteOptions', found);
  }
  const wanted = textAt(options, 'propagationPolicy') ?? '';
  const orphans = valueAt(options, 'orphanDependents') === true ? 'Orphan' : undefined;
  const propagation = propagations.find((one) => one === wanted) ?? orphans;
  const grace = numberAt(options, 'gracePeriodSeconds');
  return {
    ...(propagation === undefined ? {} : { propagation }),
    ...(grace === undefined ? {} : { graceSeconds: grace }),
    uid: textAt(options, 'preconditions', 'uid'),
    resourceVersion: textAt(options, 'preconditions', 'resourceVersion'),
    dryRun: listAt(options, 'dryRun').length > 0,
    ...(review === undefined ? {} : { review }),
  };
}

function queryOptions(query: URLSearchParams): JsonObject {
  const grace = query.get('gracePeriodSeconds');
  const orphans = query.get('orphanDependents');
  const propagation = query.get('propagationPolicy');
  return {
    dryRun: query.getAll('dryRun'),
    ...(grace === null ? {} : { gracePeriodSeconds: wholeNumber(grace) }),
    ...(orphans === null ? {} : { orphanDependents: isTrue(orphans) }),
    ...(propagation === null ? {} : { propagationPolicy: propagation }),
  };
}

const head = 'struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }';

/** A body that is nothing else than options, by whatever version they call themselves. */
function bodyOptions(body: Json): JsonObject {
  if (body === null) {
    return {};
  }
  if (!isJsonObject(body)) {
    throw unreadableHead(`${jsonForm(body)} into Go value of type ${head}`);
  }
  for (const field of ['kind', 'apiVersion']) {
    const value = body[field] ?? '';
    if (typeof value !== 'string') {
      throw unreadableHead(`${jsonForm(value)} into Go struct field .${field} of type string`);
    }
  }
  checkKind(textAt(body, 'kind') ?? '', textAt(body, 'apiVersion') ?? '');
  checkTypes(body);
  return body;
}

function unreadableHead(what: string): Error {
  return badRequest(`couldn't get version/kind; json parse error: json: cannot unmarshal ${what}`);
}

function checkKind(kind: string, apiVersion: string): void {
  if (apiVersion.split('/').length > 2) {
    throw badRequest(`unexpected GroupVersion string: ${apiVersion}`);
  }
  if (kind !== '' && kind !== 'DeleteOptions') {
    const version = apiVersion === '' ? 'meta.k8s.io/v1' : apiVersion;
    throw badRequest(`no kind "${kind}" is registered for version "${version}" in scheme "pkg/runtime/scheme.go:111"`);
  }
}

/** Every field with its type in Go, and what it is in JSON. */
const types: readonly (readonly [path: readonly string[], go: string, isRight: (value: Json) => boolean])[] = [
  [['gracePeriodSeconds'], 'int64', (value) => Number.isInteger(value)],
  [['preconditions'], 'v1.Preconditions', (value) => isJsonObject(value)],
  [['preconditions', 'uid'], 'types.UID', (value) => typeof value === 'string'],
  [['preconditions', 'resourceVersion'], 'string', (value) => typeof value === 'string'],
  [['orphanDependents'], 'bool', (value) => typeof value === 'boolean'],
  [['propagationPolicy'], 'v1.DeletionPropagation', (value) => typeof value === 'string'],
  [['dryRun'], '[]string', (value) => isJsonArray(value)],
];

function checkTypes(body: JsonObject): void {
  for (const [path, go, isRight] of types) {
    const value = valueAt(body, ...path) ?? null;
    if (value !== null && !isRight(value)) {
      const number = typeof value === 'number' && go === 'int64' ? ` ${value}` : '';
      const owner = path.length > 1 ? 'Preconditions' : 'DeleteOptions';
      const field = `${owner}.${path.join('.')}`;
      throw badRequest(
        `json: cannot unmarshal ${jsonForm(value)}${number} into Go struct field ${field} of type ${go}`,
      );
    }
  }
}

function violations(options: JsonObject): readonly Violation[] {
  const policy = textAt(options, 'propagationPolicy');
  const dryRun = listAt(options, 'dryRun');
  const found: Violation[] = [];
  if (policy !== undefined && typeof valueAt(options, 'orphanDependents') === 'boolean') {
    const why = 'orphanDependents and deletionPropagation cannot be both set';
    found.push(violation('FieldValueInvalid', 'propagationPolicy', `Invalid value: ${JSON.stringify(policy)}: ${why}`));
  }
  if (policy !== undefined && !propagations.some((one) => one === policy)) {
    const choices = 'supported values: "Foreground", "Background", "Orphan", "nil"';
    found.push(unsupported('propagationPolicy', policy, choices));
  }
  if (!dryRun.every((mode) => mode === 'All')) {
    found.push(unsupported('dryRun', dryRun, 'supported values: "All"'));
  }
  return found;
}

function unsupported(field: string, value: Json, choices: string): Violation {
  return violation('FieldValueNotSupported', field, `Unsupported value: ${JSON.stringify(value)}: ${choices}`);
}
