import { labelValue, type NameRule, labelName, qualifiedName, serviceName, subdomainName } from '../crd/name-rules.ts';
import { textOf } from './function.ts';
import type { CelFunction } from './function.ts';
import { CelOptional } from './optional.ts';
import { parseTimestamp } from './time.ts';
import { isUrl } from './urls.ts';
import { CelObject, noOverload } from './value.ts';

/** A named form of texts. */
class CelFormat extends CelObject {
  readonly typeName = 'kubernetes.NamedFormat';
  readonly name: string;
  readonly problems: NameRule;

  constructor(name: string, problems: NameRule) {
    super();
    this.name = name;
    this.problems = problems;
  }

  equals(other: CelObject): boolean {
    return other instanceof CelFormat && other.name === this.name;
  }
}

/** A pattern with its greatest length and the sentence for what doesn't match. */
function patterned(formName: string, pattern: RegExp, longest: number, rule: string): CelFormat {
  return new CelFormat(formName, (text) => [
    ...(text.length > longest ? [`must be no more than ${longest} characters`] : []),
    ...(pattern.test(text) ? [] : [rule]),
  ]);
}

/** The beginning of a name that a server completes may end with the dash before what is to come. */
function beginning(rule: NameRule): NameRule {
  return (text) => rule(text.length > 1 && text.endsWith('-') ? `${text.slice(0, -2)}a` : text);
}

const formats: readonly CelFormat[] = [
  new CelFormat('dns1123Label', labelName),
  new CelFormat('dns1123Subdomain', subdomainName),
  new CelFormat('dns1035Label', serviceName),
  new CelFormat('qualifiedName', qualifiedName),
  new CelFormat('dns1123LabelPrefix', beginning(labelName)),
  new CelFormat('dns1123SubdomainPrefix', beginning(subdomainName)),
  new CelFormat('dns1035LabelPrefix', beginning(serviceName)),
  new CelFormat('labelValue', labelValue),
  patterned(
    'uuid',
    /^[0-9a-fA-F]{8}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{12}$/u,
    36,
    'does not match the UUID format',
  ),
  patterned('byte', /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/u, 1_000_000, 'invalid base64'),
  patterned('date', /^\d{4}-\d\d-\d\d$/u, 10, 'invalid date'),
  new CelFormat('uri', (text) => (isUrl(text) ? [] : ['invalid URI'])),
  new CelFormat('datetime', (text) => (parseTimestamp(text) === undefined ? ['invalid datetime'] : [])),
];

export const formatFunctions: readonly (readonly [string, CelFunction])[] = [
  ...formats.map((format): readonly [string, CelFunction] => [`format.${format.name}`, () => format]),
  ['format.named', ([wanted]) => new CelOptional(formats.find((format) => format.name === textOf(wanted)))],
  [
    '.validate',
    ([format, text]) => {
      if (!(format instanceof CelFormat)) {
        throw noOverload();
      }
      const problems = format.problems(textOf(text));
      return new CelOptional(problems.length === 0 ? undefined : problems);
    },
  ],
];
