const name = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/u;
const value = /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/u;
const longestName = 63;

const nameRule =
  "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character " +
  "(e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
const keyRule = `a valid label key ${nameRule} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`;
const valueRule =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character " +
  "(e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

/** Throws what `refuse` makes of it where `key` can be no label's key. */
export function checkLabelKey(key: string, refuse: (why: string) => Error): void {
  const parts = key.split('/');
  const invalid = `<nil>: Invalid value: ${JSON.stringify(key)}`;
  if (parts.length > 2) {
    throw refuse(`${invalid}: ${keyRule}`);
  }
  const last = parts.at(-1) ?? '';
  if (last.length > longestName) {
    throw refuse(`${invalid}: name part must be no more than ${longestName} bytes`);
  }
  if (!name.test(last)) {
    throw refuse(`${invalid}: name part ${nameRule}`);
  }
}

/** Throws what `refuse` makes of it where `text` can be no label's value. */
export function checkLabelValue(key: string, text: string, index: number, refuse: (why: string) => Error): void {
  const invalid = `values[${index}][${key}]: Invalid value: ${JSON.stringify(text)}`;
  if (text.length > longestName) {
    throw refuse(`${invalid}: must be no more than ${longestName} bytes`);
  }
  if (!value.test(text)) {
    throw refuse(`${invalid}: ${valueRule}`);
  }
}
