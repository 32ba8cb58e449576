import type { Evaluate, Frame, Scope } from './evaluation.ts';
import { CelReceiver } from './function.ts';
import type { CelFunction } from './function.ts';
import { library } from './library.ts';
import { compileMacro } from './macros.ts';
import { indexed } from './operators.ts';
import { CelOptional, lookUp } from './optional.ts';
import { qualifiedName } from './qualified-name.ts';
import { CelSyntaxError } from './syntax.ts';
import type { Expression, ListItem, MapEntry } from './syntax.ts';
import { CelError, CelObject, CelType, EntryMap, noOverload } from './value.ts';
import type { CelMeter, CelValue } from './value.ts';

const types = new Set(
  'bool int uint double string bytes list map null_type type dyn google.protobuf.Timestamp google.protobuf.Duration'.split(
    ' ',
  ),
);

/** An expression as a function of what it sees. Throws `CelSyntaxError` on names that nothing declares. */
export function compile(expression: Expression, scope: Scope): Evaluate {
  switch (expression.op) {
    case 'literal': {
      const { value } = expression;
      return () => value;
    }
    case 'ident':
      return compileName(expression.name, expression.at, scope);
    case 'select':
      return compileSelect(expression, scope);
    case 'index':
      return compileIndex(expression, scope);
    case 'list':
      return compileList(expression.items, scope);
    case 'map':
      return compileMap(expression.entries, scope);
    case 'call':
      return compileMacro(expression, scope, compile) ?? compileCall(expression, scope);
  }
}

function compileName(name: string, at: number, scope: Scope): Evaluate {
  if (scope.locals.includes(name)) {
    return ({ local, meter }) => {
      meter.charge(1);
      let here = local;
      while (here !== undefined && here.name !== name) {
        here = here.outer;
      }
      return here?.value ?? null;
    };
  }
  if (scope.globals.has(name)) {
    return ({ global, meter }) => {
      meter.charge(1);
      const value = global(name);
      if (value === undefined) {
        throw new CelError(`no such attribute(s): ${name}`);
      }
      return value;
    };
  }
  if (types.has(name)) {
    const type = new CelType(name);
    return () => type;
  }
  throw undeclared(name, at);
}

function undeclared(name: string, at: number): CelSyntaxError {
  return new CelSyntaxError(`undeclared reference to '${name}' (in container '')`, at);
}

type Select = Extract<Expression, { op: 'select' }>;

function compileSelect({ target, field, optional }: Select, scope: Scope): Evaluate {
  const qualified = qualifiedName(target, field);
  if (qualified !== undefined && types.has(qualified)) {
    const type = new CelType(qualified);
    return () => type;
  }
  const read = compile(target, scope);
  return (frame) => {
    const value = read(frame);
    frame.meter.charge(1);
    return access(value, field, optional);
  };
}

type Index = Extract<Expression, { op: 'index' }>;

function compileIndex({ target, index, optional }: Index, scope: Scope): Evaluate {
  const read = compile(target, scope);
  const key = compile(index, scope);
  return (frame) => {
    const value = read(frame);
    frame.meter.charge(1);
    return access(value, key(frame), optional);
  };
}

/** A step into a value. Into an optional, and with `?`, it is an optional itself. */
function access(value: CelValue, key: CelValue, isOptional: boolean): CelValue {
  if (value instanceof CelOptional) {
    return new CelOptional(value.value === undefined ? undefined : lookUp(value.value, key));
  }
  if (isOptional) {
    return new CelOptional(lookUp(value, key));
  }
  if (value instanceof CelObject || value === null || (typeof value !== 'object' && typeof key === 'string')) {
    throw typeof key === 'string' ? new CelError(`no such key: ${key}`) : noOverload();
  }
  return indexed(value, key);
}

function compileList(items: readonly ListItem[], scope: Scope): Evaluate {
  const parts = items.map(({ value, optional }) => ({ read: compile(value, scope), optional }));
  return (frame) => {
    frame.meter.charge(10);
    return parts.flatMap(({ read, optional }): CelValue[] => {
      const value = read(frame);
      const inner = optional && value instanceof CelOptional ? value.value : value;
      return inner === undefined ? [] : [inner];
    });
  };
}

function compileMap(entries: readonly MapEntry[], scope: Scope): Evaluate {
  const parts = entries.map(({ key, value, optional }) => ({
    key: compile(key, scope),
    value: compile(value, scope),
    optional,
  }));
  return (frame) => {
    frame.meter.charge(30);
    const pairs = parts.flatMap(({ key, value, optional }): (readonly [CelValue, CelValue])[] => {
      const found = value(frame);
      const inner = optional && found instanceof CelOptional ? found.value : found;
      return inner === undefined ? [] : [[key(frame), inner]];
    });
    return new EntryMap(pairs);
  };
}

type Call = Extract<Expression, { op: 'call' }>;

function compileCall(call: Call, scope: Scope): Evaluate {
  const { name, args } = call;
  switch (name) {
    case '_&&_':
    case '_||_':
      return compileLogic(args, name === '_||_', scope);
    case '_?_:_':
      return compileChoice(args, scope);
    case '!_':
      return compileNot(args, scope);
    default:
  }
  return compileGlobal(call, scope) ?? compileMethod(call, scope);
}

/** A function by its name, which may be one of a namespace (`sets.contains`), where no variable has that name. */
function compileGlobal({ name, target, args }: Call, scope: Scope): Evaluate | undefined {
  const qualified = target === undefined ? name : qualifiedName(target, name);
  const isVariable = target !== undefined && declares(scope, qualified?.split('.', 1)[0] ?? '');
  const found = qualified === undefined || isVariable ? undefined : library.get(qualified);
  if (found === undefined) {
    return undefined;
  }
  return applied(
    found,
    args.map((arg) => compile(arg, scope)),
  );
}

function compileMethod({ name, target, args, at }: Call, scope: Scope): Evaluate {
  const reads = [...(target === undefined ? [] : [target]), ...args].map((arg) => compile(arg, scope));
  const method = library.get(`.${name}`);
  if (target === undefined || (method === undefined && !receiverMethods.has(name))) {
    throw undeclared(name, at);
  }
  return applied((values, meter) => invoke(name, method, values, meter), reads);
}

/** Methods that values given from outside have. */
const receiverMethods = new Set(
  'path group serviceAccount resource subresource namespace name check allowed reason errored error fieldSelector labelSelector'.split(
    ' ',
  ),
);

function invoke(name: string, method: CelFunction | undefined, values: readonly CelValue[], meter: CelMeter): CelValue {
  const [receiver, ...rest] = values;
  if (receiver instanceof CelReceiver) {
    meter.charge(name === 'check' ? 350_000 : 1);
    return receiver.call(name, rest);
  }
  if (method === undefined) {
    throw noOverload();
  }
  return method(values, meter);
}

function applied(run: CelFunction, reads: readonly Evaluate[]): Evaluate {
  return (frame) => {
    const values = reads.map((read) => read(frame));
    frame.meter.charge(1);
    return run(values, frame.meter);
  };
}

function declares({ globals, locals }: Scope, name: string): boolean {
  return globals.has(name) || locals.includes(name);
}

/** `&&` and `||`: the side that decides wins, whichever it is, even over an error of the other. */
function compileLogic(args: readonly Expression[], decisive: boolean, scope: Scope): Evaluate {
  const reads = args.map((arg) => compile(arg, scope));
  return (frame) => {
    let failed: CelError | undefined;
    for (const read of reads) {
      const value = attempt(read, frame);
      if (value === decisive) {
        return decisive;
      }
      failed ??= value === !decisive ? undefined : asError(value);
    }
    if (failed !== undefined) {
      throw failed;
    }
    return !decisive;
  };
}

/** The value, or the error that it ends in. */
function attempt(read: Evaluate, frame: Frame): CelValue | CelError {
  try {
    return read(frame);
  } catch (error) {
    if (error instanceof CelError) {
      return error;
    }
    throw error;
  }
}

function asError(value: CelValue | CelError): CelError {
  return value instanceof CelError ? value : noOverload();
}

function compileChoice(args: readonly Expression[], scope: Scope): Evaluate {
  const [condition, then, otherwise] = args.map((arg) => compile(arg, scope));
  if (condition === undefined || then === undefined || otherwise === undefined) {
    throw new Error('bug: a choice of less than three');
  }
  return (frame) => {
    const value = condition(frame);
    if (typeof value !== 'boolean') {
      throw noOverload();
    }
    return value ? then(frame) : otherwise(frame);
  };
}

function compileNot(args: readonly Expression[], scope: Scope): Evaluate {
  const [read] = args.map((arg) => compile(arg, scope));
  return (frame) => {
    const value = read?.(frame);
    frame.meter.charge(1);
    if (typeof value !== 'boolean') {
      throw noOverload();
    }
    return !value;
  };
}
