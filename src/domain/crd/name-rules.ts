const labelCharacters =
  "alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";
const namePart =
  "(e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
const subdomainRule =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character " +
  "(e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const labelRule =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character " +
  "(e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
const serviceRule =
  "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character " +
  "(e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";

/** What the API server says against a text as a name of some sort; nothing where it may be one. */
export type NameRule = (text: string) => readonly string[];

function ruled(limit: number, unit: string, form: RegExp, rule: string): NameRule {
  return (text) => [
    ...(text.length > limit ? [`must be no more than ${limit} ${unit}`] : []),
    ...(form.test(text) ? [] : [rule]),
  ];
}

const labelForm = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/u;
const subdomainForm = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/u;

/** RFC 1123 subdomain, as most objects are named. */
export const subdomainName: NameRule = ruled(253, 'characters', subdomainForm, subdomainRule);

const plainLabel = ruled(63, 'characters', labelForm, labelRule);
const dotted = ruled(63, 'characters', labelForm, 'must not contain dots');

/** RFC 1123 label, as namespaces are named; of a name that is good but for its dots, they are what is told. */
export function labelName(text: string): readonly string[] {
  return subdomainForm.test(text) ? dotted(text) : plainLabel(text);
}

/** RFC 1035 label, as Services are named. */
export const serviceName: NameRule = ruled(63, 'characters', /^[a-z]([-a-z0-9]*[a-z0-9])?$/u, serviceRule);

/** Any segment of a path, as roles are named. */
export function segmentName(text: string): readonly string[] {
  if (text === '.' || text === '..') {
    return [`may not be '${text}'`];
  }
  return ['/', '%'].filter((sign) => text.includes(sign)).map((sign) => `may not contain '${sign}'`);
}

const keyName = ruled(
  63,
  'bytes',
  /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/u,
  `must consist of ${labelCharacters} ${namePart}`,
);

/** Keys of labels and annotations and names of finalizers: a name, with a domain before a slash or not. */
export function qualifiedName(text: string): readonly string[] {
  const [prefix = '', name, ...more] = text.split('/');
  if (more.length > 0) {
    const optional = "with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')";
    return [`a valid label key must consist of ${labelCharacters} ${namePart} ${optional}`];
  }
  if (name === undefined) {
    return prefix === '' ? ['name part must be non-empty', ...partOf(keyName(''))] : partOf(keyName(prefix));
  }
  const domain = prefix === '' ? ['must be non-empty'] : subdomainName(prefix);
  return [...domain.map((rule) => `prefix part ${rule}`), ...partOf(keyName(name))];
}

function partOf(rules: readonly string[]): readonly string[] {
  return rules.map((rule) => `name part ${rule}`);
}

/** Values of labels. */
export const labelValue: NameRule = ruled(
  63,
  'bytes',
  /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/u,
  `a valid label must be an empty string or consist of ${labelCharacters} ` +
    "(e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')",
);
