import { isJsonObject, jsonEqual, listAt, textAt, valueAt } from '../../json.ts';
import type { Json, JsonObject } from '../../json.ts';
import { forbidden, invalidValue, notSupported, required } from '../../object-rules/field-errors.ts';
import { serviceName } from '../name-rules.ts';
import { violation } from '../violation.ts';
import type { Violation } from '../violation.ts';
import { columnViolations } from './column-violations.ts';
import { schemaViolations } from './schema-violations.ts';
import { selectableViolations } from './selectable-violations.ts';

/** What is wrong with the versions of a definition. */
export function versionViolations(definition: JsonObject): readonly Violation[] {
  const spec = valueAt(definition, 'spec');
  const versions = listAt(spec, 'versions').filter((version) => isJsonObject(version));
  return [
    ...versions.flatMap((version, index) => ownViolations(version, `spec.versions[${index}]`)),
    ...storageViolations(definition, versions),
    ...conversionViolations(valueAt(spec, 'conversion')),
    ...(valueAt(spec, 'preserveUnknownFields') === true
      ? [
          invalidValue(
            'spec.preserveUnknownFields',
            true,
            'cannot set to true, set x-kubernetes-preserve-unknown-fields to true in spec.versions[*].schema instead',
          ),
        ]
      : []),
    ...perVersion(versions, 'additionalPrinterColumns', 'spec.additionalPrinterColumns', (columns, at) =>
      columnViolations(columns, at),
    ),
    ...perVersion(versions, 'subresources', 'spec.subresources', (parts, at) => scaleViolations(parts, at)),
    ...selectable(versions),
    ...perVersion(versions, 'schema', 'spec.validation', (schema, at) => {
      const declared = valueAt(schema, 'openAPIV3Schema');
      return isJsonObject(declared) ? schemaViolations(declared, `${at}.openAPIV3Schema`) : [];
    }),
  ];
}

/** What all versions have alike is told once, where definitions had it before they had versions. */
function perVersion(
  versions: readonly JsonObject[],
  field: string,
  shared: string,
  judge: (value: Json, at: string) => readonly Violation[],
): readonly Violation[] {
  const [first] = versions;
  const value = valueAt(first, field);
  if (versions.every((version) => jsonEqual(version[field], first?.[field]))) {
    return value === undefined ? [] : judge(value, shared);
  }
  return versions.flatMap((version, index) => {
    const own = version[field];
    return own === undefined ? [] : judge(own, `spec.versions[${index}].${field}`);
  });
}

function selectable(versions: readonly JsonObject[]): readonly Violation[] {
  const isShared = versions.every((version) =>
    ['selectableFields', 'schema'].every((field) => jsonEqual(version[field], versions[0]?.[field])),
  );
  return (isShared ? versions.slice(0, 1) : versions).flatMap((version, index) =>
    selectableViolations(version, isShared ? 'spec' : `spec.versions[${index}]`),
  );
}

function ownViolations(version: JsonObject, at: string): readonly Violation[] {
  const name = textAt(version, 'name') ?? '';
  const hasSchema = isJsonObject(valueAt(version, 'schema', 'openAPIV3Schema'));
  return [
    ...serviceName(name).map((rule) => invalidValue(`${at}.name`, name, rule)),
    ...deprecationViolations(version, `${at}.deprecationWarning`),
    ...(hasSchema ? [] : [required(`${at}.schema.openAPIV3Schema`)]),
  ];
}

function deprecationViolations(version: JsonObject, at: string): readonly Violation[] {
  const warning = textAt(version, 'deprecationWarning');
  if (warning === undefined) {
    return [];
  }
  const odd = Array.from(warning).findIndex((char) => char < ' ' || char === '\u{7F}');
  const unprintable = 'must only contain printable UTF-8 characters; non-printable character found at index';
  return [
    ...(version['deprecated'] === true ? [] : [invalidValue(at, warning, 'can only be set for deprecated versions')]),
    ...(warning.length > 256 ? [invalidValue(at, warning, 'must be <= 256 characters long')] : []),
    ...(warning === '' ? [invalidValue(at, warning, 'must not be an empty string')] : []),
    ...(odd < 0 ? [] : [invalidValue(at, warning, `${unprintable} ${odd}`)]),
  ];
}

function storageViolations(definition: JsonObject, versions: readonly JsonObject[]): readonly Violation[] {
  const names = versions.map((version) => textAt(version, 'name') ?? '');
  const storage = versions.filter((version) => version['storage'] === true);
  const stored = listAt(definition, 'status', 'storedVersions');
  const given = valueAt(definition, 'spec', 'versions') === undefined ? null : shownVersions(versions);
  const wrong: Violation[] = [];
  if (new Set(names).size < names.length) {
    wrong.push(invalidValue('spec.versions', given, 'must contain unique version names'));
  }
  if (storage.length !== 1) {
    wrong.push(invalidValue('spec.versions', given, 'must have exactly one version marked as storage version'));
  }
  const [first] = names;
  if (first !== undefined && first !== '' && names.length > 0) {
    wrong.push(...serviceName(first).map((rule) => invalidValue('spec.version', first, rule)));
  }
  return [...wrong, ...storedViolations(stored, names, textAt(storage.at(-1), 'name'))];
}

function storedViolations(
  stored: readonly Json[],
  names: readonly string[],
  storage: string | undefined,
): readonly Violation[] {
  const field = 'status.storedVersions';
  if (stored.length === 0) {
    return [invalidValue(field, null, 'must have at least one stored version')];
  }
  const missing = stored.flatMap((version, index) => {
    const old = typeof version === 'string' ? version : '';
    const why = `${old} was previously a storage version, and must remain in spec.versions until a storage migration ensures no data remains persisted in ${old} and removes ${old} from ${field}`;
    const isThere = typeof version === 'string' && names.includes(version);
    return isThere ? [] : [invalidValue(`${field}[${index}]`, version, `missing from spec.versions; ${why}`)];
  });
  const hasStorage = storage === undefined || stored.includes(storage);
  return [...missing, ...(hasStorage ? [] : [invalidValue(field, stored, `must have the storage version ${storage}`)])];
}

/** As the server's own types have them, with what all versions share left out. */
function shownVersions(versions: readonly JsonObject[]): Json {
  return versions.map((version) => ({
    Name: textAt(version, 'name') ?? '',
    Served: version['served'] === true,
    Storage: version['storage'] === true,
    Deprecated: version['deprecated'] === true,
    DeprecationWarning: textAt(version, 'deprecationWarning') ?? null,
    Schema: null,
    Subresources: null,
    AdditionalPrinterColumns: null,
    SelectableFields: null,
  }));
}

function conversionViolations(conversion: Json | undefined): readonly Violation[] {
  const strategy = textAt(conversion, 'strategy') ?? '';
  const webhook = valueAt(conversion, 'webhook');
  const client = 'spec.conversion.webhookClientConfig';
  const versions = 'spec.conversion.conversionReviewVersions';
  if (strategy === '') {
    return [required('spec.conversion.strategy')];
  }
  if (strategy === 'Webhook') {
    const url = textAt(webhook, 'clientConfig', 'url');
    const scheme = url === undefined ? 'https' : url.split(':', 1)[0];
    const rule = "'https' is the only allowed URL scheme; desired format: https://host[/path]";
    return [
      ...(valueAt(webhook, 'clientConfig') === undefined
        ? [required(client, 'required when strategy is set to Webhook')]
        : []),
      ...(scheme === 'https' ? [] : [invalidValue(`${client}.url`, scheme, rule)]),
      ...(listAt(webhook, 'conversionReviewVersions').length === 0 ? [required(versions)] : []),
    ];
  }
  const unset = 'should not be set when strategy is not set to Webhook';
  return [
    ...(strategy === 'None' ? [] : [notSupported('spec.conversion.strategy', strategy, ['None', 'Webhook'])]),
    ...(valueAt(webhook, 'clientConfig') === undefined ? [] : [forbidden(client, unset)]),
    ...(listAt(webhook, 'conversionReviewVersions').length === 0 ? [] : [forbidden(versions, unset)]),
  ];
}

function scaleViolations(subresources: Json, at: string): readonly Violation[] {
  const scale = valueAt(subresources, 'scale');
  if (scale === undefined) {
    return [];
  }
  return [
    ...pathViolations(textAt(scale, 'specReplicasPath') ?? '', `${at}.scale.specReplicasPath`, ['.spec.']),
    ...pathViolations(textAt(scale, 'statusReplicasPath') ?? '', `${at}.scale.statusReplicasPath`, ['.status.']),
    ...(textAt(scale, 'labelSelectorPath') === undefined
      ? []
      : pathViolations(textAt(scale, 'labelSelectorPath') ?? '', `${at}.scale.labelSelectorPath`, [
          '.spec.',
          '.status.',
        ])),
  ];
}

function pathViolations(path: string, field: string, under: readonly string[]): readonly Violation[] {
  if (path === '') {
    return [required(field)];
  }
  if (!path.startsWith('.')) {
    return [invalidValue(field, path, 'must be a simple json path starting with .')];
  }
  const places = under.map((place) => place.slice(0, -1));
  const where = places.length === 1 ? (places[0] ?? '') : `either ${places.join(' or ')}`;
  return under.some((place) => path.startsWith(place))
    ? []
    : [
        violation(
          'FieldValueInvalid',
          field,
          `Invalid value: ${JSON.stringify(path)}: should be a json path under ${where}`,
        ),
      ];
}
