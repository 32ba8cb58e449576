/** A text as a CEL string literal; its escapes are those of JSON. */
export function literal(text: string): string {
  return JSON.stringify(text);
}

/** `body` with `name` standing for `value`, which is worked out once: CEL has no other way to name a value inside a list. */
export function bind(name: string, value: string, body: string): string {
  return `[${value}].map(${name}, ${body})[0]`;
}

/** True in CEL where `value` matches the regular expression (RE2). */
export function matches(value: string, pattern: string): string {
  return `${value}.matches(${literal(pattern)})`;
}

/** True in CEL where no item of the list stands in it twice. */
export function isUnique(list: string): string {
  return `${list}.all(one, ${list}.filter(other, other == one).size() == 1)`;
}

/** A rule on an optional field: an absent one breaks nothing. */
export function where(field: string, rule: string): string {
  return `!has(${field}) || ${rule}`;
}
