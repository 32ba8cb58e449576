import { compileCel } from '../cel/program.ts';
import { serviceName, subdomainName } from '../crd/name-rules.ts';
import type { Violation } from '../crd/violation.ts';
import { isJsonArray, listAt, numberAt, textAt, valueAt } from '../json.ts';
import type { Json } from '../json.ts';
import { duplicate, invalidValue, named, notSupported, required } from '../object-rules/field-errors.ts';
import { conditionVariables } from './webhook.ts';

const reviewVersions = ['v1', 'v1beta1'];
const operations = ['*', 'CONNECT', 'CREATE', 'DELETE', 'UPDATE'];
const scopes = ['*', 'Cluster', 'Namespaced'];
const sideEffects = ['None', 'NoneOnDryRun'];

/** What is wrong with a ValidatingWebhookConfiguration. */
export function webhookViolations(configuration: Json): readonly Violation[] {
  const seen = new Set<string>();
  return listAt(configuration, 'webhooks').flatMap((webhook, index) => {
    const path = `webhooks[${index}]`;
    const name = textAt(webhook, 'name') ?? '';
    const isTwin = name !== '' && seen.has(name);
    seen.add(name);
    return [
      ...ofWebhook(webhook, path, name),
      ...ofVersions(webhook, `${path}.admissionReviewVersions`),
      ...(isTwin ? [duplicate(`${path}.name`, name)] : []),
    ];
  });
}

function ofWebhook(webhook: Json, path: string, name: string): readonly Violation[] {
  const timeout = numberAt(webhook, 'timeoutSeconds') ?? 10;
  const effects = textAt(webhook, 'sideEffects');
  const choice = (field: string, choices: readonly string[]): readonly Violation[] => {
    const value = textAt(webhook, field);
    return value === undefined || choices.includes(value) ? [] : [notSupported(`${path}.${field}`, value, choices)];
  };
  return [
    ...ofName(`${path}.name`, name),
    ...listAt(webhook, 'rules').flatMap((rule, index) => ofRule(rule, `${path}.rules[${index}]`)),
    ...choice('failurePolicy', ['Fail', 'Ignore']),
    ...choice('matchPolicy', ['Equivalent', 'Exact']),
    ...(effects === undefined
      ? [required(`${path}.sideEffects`, `must specify one of ${sideEffects.join(', ')}`)]
      : choice('sideEffects', sideEffects)),
    ...(timeout >= 1 && timeout <= 30
      ? []
      : [invalidValue(`${path}.timeoutSeconds`, timeout, 'the timeout value must be between 1 and 30 seconds')]),
    ...ofClient(valueAt(webhook, 'clientConfig'), `${path}.clientConfig`),
    ...ofConditions(webhook, `${path}.matchConditions`),
  ];
}

function ofName(field: string, name: string): readonly Violation[] {
  if (name === '') {
    return [required(field)];
  }
  const found = named(field, name, subdomainName);
  const isQualified = found.length > 0 || name.split('.').length >= 3;
  return isQualified
    ? found
    : [invalidValue(field, name, 'should be a domain with at least three segments separated by dots')];
}

function ofRule(rule: Json, path: string): readonly Violation[] {
  const given = listAt(rule, 'operations');
  const scope = textAt(rule, 'scope') ?? '*';
  return [
    ...ofList(rule, path, 'operations'),
    ...given.flatMap((one, index) =>
      typeof one === 'string' && operations.includes(one)
        ? []
        : [notSupported(`${path}.operations[${index}]`, one, operations)],
    ),
    ...ofList(rule, path, 'apiGroups', 'API groups'),
    ...ofList(rule, path, 'apiVersions', 'API versions'),
    ...(listAt(rule, 'resources').length === 0 ? [required(`${path}.resources`)] : []),
    ...(scopes.includes(scope) ? [] : [notSupported(`${path}.scope`, scope, scopes)]),
  ];
}

/** A list that must name something, and nothing beside `*`. */
function ofList(rule: Json, path: string, field: string, things = field): readonly Violation[] {
  const list = listAt(rule, field);
  if (list.length === 0) {
    return [required(`${path}.${field}`)];
  }
  return list.length > 1 && list.includes('*')
    ? [invalidValue(`${path}.${field}`, list, `if '*' is present, must not specify other ${things}`)]
    : [];
}

function ofClient(client: Json | undefined, path: string): readonly Violation[] {
  const url = textAt(client, 'url');
  const service = valueAt(client, 'service');
  if ((url === undefined) === (service === undefined)) {
    return [required(path, 'exactly one of url or service is required')];
  }
  if (url !== undefined) {
    return ofUrl(url, `${path}.url`);
  }
  return ['name', 'namespace'].flatMap((field) =>
    (textAt(service, field) ?? '') === '' ? [required(`${path}.service.${field}`, `service ${field} is required`)] : [],
  );
}

function ofUrl(url: string, field: string): readonly Violation[] {
  const form = '; desired format: https://host[/path]';
  const [, scheme = '', user = '', host = '', query = '', fragment = ''] =
    /^(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?:\/\/(?:([^/?#]*)@)?([^/?#@]*))?[^?#]*(?:\?([^#]*))?(?:#(.*))?$/u.exec(url) ??
    [];
  const rules: readonly (readonly [isBroken: boolean, value: string, rule: string])[] = [
    [scheme !== 'https', scheme, `'https' is the only allowed URL scheme${form}`],
    [host === '', host, `host must be provided${form}`],
    [user !== '', user, 'user information is not permitted in the URL'],
    [fragment !== '', fragment, 'fragments are not permitted in the URL'],
    [query !== '', query, 'query parameters are not permitted in the URL'],
  ];
  return rules.flatMap(([isBroken, value, rule]) => (isBroken ? [invalidValue(field, value, rule)] : []));
}

function ofConditions(webhook: Json, path: string): readonly Violation[] {
  const names = new Set<string>();
  return listAt(webhook, 'matchConditions').flatMap((condition, index) => {
    const source = textAt(condition, 'expression') ?? '';
    const name = textAt(condition, 'name') ?? '';
    const isTwin = name !== '' && names.has(name);
    names.add(name);
    const at = `${path}[${index}]`;
    return [
      ...(source === '' ? [required(`${at}.expression`)] : ofExpression(source, `${at}.expression`)),
      ...(name === '' ? [required(`${at}.name`)] : []),
      ...(isTwin ? [duplicate(`${at}.name`, name)] : []),
    ];
  });
}

function ofExpression(source: string, field: string): readonly Violation[] {
  const compiled = compileCel(source, conditionVariables);
  return compiled.ok ? [] : [invalidValue(field, source, `compilation failed: ${compiled.mistake}`)];
}

function ofVersions(webhook: Json, field: string): readonly Violation[] {
  const versions = valueAt(webhook, 'admissionReviewVersions');
  const choices = reviewVersions.join(', ');
  if (!isJsonArray(versions) || versions.length === 0) {
    return [required(field, `must specify one of ${choices}`)];
  }
  const found = versions.flatMap((version, index) => {
    const at = `${field}[${index}]`;
    return versions.indexOf(version) < index
      ? [invalidValue(at, version, 'duplicate version')]
      : named(at, typeof version === 'string' ? version : '', serviceName);
  });
  const isKnown = versions.some((version) => typeof version === 'string' && reviewVersions.includes(version));
  return isKnown ? found : [...found, invalidValue(field, versions, `must include at least one of ${choices}`)];
}
