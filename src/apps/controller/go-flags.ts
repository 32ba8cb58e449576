import type { OptionTable } from '../cli/verb.ts';

/**
 * Arguments as Go's flag package takes them, in the form that our own parser takes: `-port 7472` is `--port 7472`, and
 * `--webhook-http2=false` is no flag at all. Short options of one letter stay what they are.
 */
export function withoutGoStyle(args: readonly string[], table: OptionTable): readonly string[] {
  return args.flatMap((arg) => {
    const [, name = '', , value] = /^--?([a-z][a-z0-9-]+)(=(.*))?$/u.exec(arg) ?? [];
    const spec = table[name];
    if (spec === undefined) {
      return [arg];
    }
    if (spec.type === 'boolean' && isFalse(value)) {
      return [];
    }
    if (spec.type === 'boolean' && isTrue(value)) {
      return [`--${name}`];
    }
    if (value === undefined && spec.choices?.join() === 'true,false') {
      return [`--${name}=true`];
    }
    return [value === undefined ? `--${name}` : `--${name}=${value}`];
  });
}

/** As strconv.ParseBool reads it. */
function isTrue(text: string | undefined): boolean {
  return text !== undefined && ['1', 't', 'T', 'true', 'TRUE', 'True'].includes(text);
}

function isFalse(text: string | undefined): boolean {
  return text !== undefined && ['0', 'f', 'F', 'false', 'FALSE', 'False'].includes(text);
}
