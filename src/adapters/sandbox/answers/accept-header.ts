import { StatusError } from './status-error.ts';

/** The form of an answer that a client understands best. */
export interface Accepted {
  readonly format: 'json' | 'yaml';
  /** The kind into which the answer is translated, as `Table`. */
  readonly as?: string;
}

const representations =
  'application/json, application/yaml, application/vnd.kubernetes.protobuf, ' +
  'application/json;stream=watch, application/vnd.kubernetes.protobuf;stream=watch';
const mediaTypes = 'application/json, application/yaml, application/vnd.kubernetes.protobuf';

const formats: { readonly [type: string]: Accepted['format'] } = {
  'application/json': 'json',
  'application/*': 'json',
  '*/*': 'json',
  'application/yaml': 'yaml',
};

/**
 * The first form of the header that can be given. `kinds` can be asked for by `as`, each in its one version. Answers 406 where
 * there is none.
 */
export function readAccept(header: string | undefined, kinds: ReadonlyMap<string, string>): Accepted {
  const clauses = (header ?? '').split(',').flatMap((text) => {
    const [type = '', ...parameters] = text.split(';').map((part) => part.trim());
    const format = formats[type === '' ? '*/*' : type];
    return format === undefined ? [] : [{ format, parameters: new Map(parameters.map((part) => pairOf(part))) }];
  });
  if (clauses.length === 0) {
    const message = `406: Not Acceptable\n\nAvailable representations: ${representations}`;
    throw new StatusError(406, 'NotAcceptable', message, {});
  }
  for (const { format, parameters } of clauses) {
    const as = parameters.get('as');
    if (as === undefined) {
      return { format };
    }
    if (kinds.has(as) && kinds.get(as) === parameters.get('v')) {
      return { format, as };
    }
  }
  throw new StatusError(406, 'NotAcceptable', `only the following media types are accepted: ${mediaTypes}`);
}

function pairOf(parameter: string): readonly [string, string] {
  const [name = '', value = ''] = parameter.split('=', 2);
  return [name, value];
}
