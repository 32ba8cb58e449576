import { messageTables } from './message-tables.ts';

/** One field of a message, as the tables say. */
export interface MessageField {
  readonly name: string;
  /** A scalar's letter or a message's name. */
  readonly type: string;
  readonly form: 'single' | 'repeated' | 'map' | 'inline';
  /** A value of zero says something. */
  readonly keepsZero: boolean;
}

export type MessageType = ReadonlyMap<number, MessageField>;

let known: ReadonlyMap<string, MessageType> | undefined;

/** A message's fields by number; undefined for a name that is in no table. */
export function messageType(name: string): MessageType | undefined {
  known ??= new Map(
    messageTables
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => {
        const [type = '', ...fields] = line.split(' ');
        return [type, new Map(fields.map((field) => fieldOf(field)))];
      }),
  );
  return known.get(name);
}

function fieldOf(text: string): readonly [number, MessageField] {
  const [, number = '', inline, name = '', type = 's', pointer, always] =
    /^(\d+)(\^)?([^:*!]+)(?::([^*!]+))?(\*)?(!)?$/u.exec(text) ?? [];
  const inner = /^[[{](.+)[\]}]$/u.exec(type)?.[1];
  const keepsZero = pointer !== undefined || always !== undefined;
  if (inline !== undefined) {
    return [Number(number), { name: '', type: name, form: 'inline', keepsZero: false }];
  }
  if (inner === undefined) {
    return [Number(number), { name, type, form: 'single', keepsZero }];
  }
  return [Number(number), { name, type: inner, form: type.startsWith('{') ? 'map' : 'repeated', keepsZero }];
}
