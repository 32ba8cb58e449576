import { textOf } from './function.ts';
import type { CelFunction } from './function.ts';
import { CelOptional } from './optional.ts';
import { parseTimestamp } from './time.ts';
import { CelObject, noOverload } from './value.ts';

/** A named form of texts. */
class CelFormat extends CelObject {
  readonly typeName = 'kubernetes.NamedFormat';
  readonly name: string;
  readonly problems: (text: string) => readonly string[];

  constructor(name: string, problems: (text: string) => readonly string[]) {
    super();
    this.name = name;
    this.problems = problems;
  }

  equals(other: CelObject): boolean {
    return other instanceof CelFormat && other.name === this.name;
  }
}

const label = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const name = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';

const labelRule =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
const subdomainRule =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const label1035Rule =
  "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";

/** A form by its pattern and greatest length, with the sentence for what doesn't match. */
function form(formName: string, pattern: string, longest: number, rule: string): CelFormat {
  const whole = new RegExp(`^${pattern}$`, 'u');
  return new CelFormat(formName, (text) => [
    ...(text.length > longest ? [`must be no more than ${longest} characters`] : []),
    ...(whole.test(text) ? [] : [rule]),
  ]);
}

const subdomain = `${label}(\\.${label})*`;

const formats: readonly CelFormat[] = [
  form('dns1123Label', label, 63, labelRule),
  form('dns1123Subdomain', subdomain, 253, subdomainRule),
  form('dns1035Label', '[a-z]([-a-z0-9]*[a-z0-9])?', 63, label1035Rule),
  form(
    'qualifiedName',
    `(${subdomain}/)?${name}`,
    317,
    "name part must consist of alphanumeric characters, '-', '_' or '.'",
  ),
  form('dns1123LabelPrefix', `${label}-?`, 63, labelRule),
  form('dns1123SubdomainPrefix', `${subdomain}[-.]?`, 253, subdomainRule),
  form('dns1035LabelPrefix', '[a-z]([-a-z0-9]*[a-z0-9])?-?', 63, label1035Rule),
  form('labelValue', `(${name})?`, 63, 'a valid label must be an empty string or consist of alphanumeric characters'),
  form(
    'uuid',
    '[0-9a-fA-F]{8}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{12}',
    36,
    'does not match the UUID format',
  ),
  form('byte', '(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?', 1_000_000, 'invalid base64'),
  form('date', String.raw`\d{4}-\d\d-\d\d`, 10, 'invalid date'),
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
