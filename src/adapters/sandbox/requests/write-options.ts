import type { Violation } from '../../../domain/crd/violation.ts';
import { violation } from '../../../domain/crd/violation.ts';
import type { WriteOptions } from '../objects/object-writer.ts';
import type { ResourceRequest } from './resource-request.ts';
import type { WriteForm } from './undecodable.ts';
import { optionsInvalid } from '../answers/status-error.ts';

type WriteVerb = 'Create' | 'Update' | 'Patch' | 'Apply';

const longestManager = 128;
const validations = ['', 'Ignore', 'Strict', 'Warn'];

/** The options of a write as its query gives them; what they may not be is refused, all at once. */
export function writeOptions(request: ResourceRequest, verb: WriteVerb): WriteOptions {
  const { query, userAgent, path, review } = request;
  checkWriteOptions(request, verb);
  const named = query.get('fieldManager') ?? '';
  const client = userAgent.split('/', 1)[0] ?? '';
  return {
    manager: named === '' ? client : named,
    dryRun: query.getAll('dryRun').includes('All'),
    validation: validationOf(query),
    doubts: request.doubts,
    refusal: request.refusal,
    ...(request.warn === undefined ? {} : { warn: request.warn }),
    force: query.get('force') === 'true',
    subresource: path.subresource === 'status' ? 'status' : '',
    form: formOf(verb),
    ...(review === undefined ? {} : { review }),
  };
}

/** Refuses options that may not be, all at once. */
export function checkWriteOptions({ query }: ResourceRequest, verb: WriteVerb): void {
  const found = [...forceViolations(query, verb), ...managerViolations(query), ...modeViolations(query)];
  if (found.length > 0) {
    throw optionsInvalid(verb === 'Apply' ? 'PatchOptions' : `${verb}Options`, found);
  }
}

function validationOf(query: URLSearchParams): WriteOptions['validation'] {
  const asked = query.get('fieldValidation');
  return asked === 'Strict' || asked === 'Ignore' ? asked : 'Warn';
}

function formOf(verb: WriteVerb): WriteForm {
  if (verb === 'Apply') {
    return { type: 'applied' };
  }
  return verb === 'Patch' ? { type: 'patched' } : { type: 'whole' };
}

function forceViolations(query: URLSearchParams, verb: WriteVerb): readonly Violation[] {
  if (verb === 'Apply' && (query.get('fieldManager') ?? '') === '') {
    return [violation('FieldValueRequired', 'fieldManager', 'Required value: is required for apply patch')];
  }
  return verb === 'Patch' && query.has('force')
    ? [violation('FieldValueForbidden', 'force', 'Forbidden: may not be specified for non-apply patch')]
    : [];
}

function managerViolations(query: URLSearchParams): readonly Violation[] {
  const manager = query.get('fieldManager') ?? '';
  const long = manager.length > longestManager ? [`Too long: may not be more than ${longestManager} bytes`] : [];
  const reason = long.length > 0 ? 'FieldValueTooLong' : 'FieldValueInvalid';
  const odd = manager.search(/[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/u);
  const code = odd < 0 ? undefined : manager.codePointAt(odd);
  const point = code?.toString(16).toUpperCase().padStart(4, '0') ?? '';
  const unprintable =
    code === undefined ? [] : [`Invalid value: ${quoted(manager)}: invalid character U+${point} (at position ${odd})`];
  return [...long, ...unprintable].map((message) => violation(reason, 'fieldManager', message));
}

/** A text in quotes with what cannot be printed as `\x00`. */
function quoted(text: string): string {
  return JSON.stringify(text).replaceAll(/\\u00([0-9a-f]{2})/gu, String.raw`\x$1`);
}

function modeViolations(query: URLSearchParams): readonly Violation[] {
  const dryRun = query.getAll('dryRun');
  const validation = query.get('fieldValidation') ?? '';
  const unsupported = 'FieldValueNotSupported';
  return [
    ...(dryRun.every((mode) => mode === 'All')
      ? []
      : [violation(unsupported, 'dryRun', `Unsupported value: ${JSON.stringify(dryRun)}: supported values: "All"`)]),
    ...(validations.includes(validation)
      ? []
      : [
          violation(
            unsupported,
            'fieldValidation',
            `Unsupported value: ${JSON.stringify(validation)}: supported values: ${validations.map((one) => JSON.stringify(one)).join(', ')}`,
          ),
        ]),
  ];
}
