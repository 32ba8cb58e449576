import { qualifiedName } from '../qualified-name.ts';
import { CelSyntaxError } from '../syntax.ts';
import type { Expression, ListItem, MapEntry } from '../syntax.ts';
import { CelBytes, CelUint } from '../value.ts';
import type { CelValue } from '../value.ts';
import { checkMacro } from './check-macros.ts';
import { literalMistakes } from './literal-arguments.ts';
import { typeOfName } from './scope.ts';
import type { TypeScope } from './scope.ts';
import { signaturesOf } from './signatures.ts';
import { Substitution, isWider } from './substitution.ts';
import {
  bool,
  bytes,
  double,
  dyn,
  int,
  isOpen,
  isParameter,
  isSameType,
  listOf,
  mapOf,
  mistaken,
  nothing,
  optionalOf,
  printType,
  string,
  uint,
} from './value-type.ts';
import type { ValueType } from './value-type.ts';

type Call = Extract<Expression, { op: 'call' }>;
type Select = Extract<Expression, { op: 'select' }>;

/** Finds the type of an expression and of its parts, and every mistake at once, as the API server's checker does. */
export class TypeChecker {
  readonly substitution: Substitution = new Substitution();
  readonly mistakes: CelSyntaxError[] = [];

  /** The variables of the outermost scope, and types, that are named. */
  readonly reads: Set<string> = new Set();
  readonly #types = new Map<Expression, ValueType>();

  /** The type of the whole expression, without parameters. What is told of literals is told where nothing else is wrong. */
  whole(expression: Expression, scope: TypeScope | undefined): ValueType {
    const type = this.check(expression, scope);
    if (this.mistakes.length === 0) {
      this.mistakes.push(...literalMistakes(this.#types.keys(), (part) => this.typeOf(part)));
    }
    return this.substitution.resolve(type, true);
  }

  /** Of a part that was checked, once the whole is. */
  typeOf(part: Expression): ValueType {
    return this.substitution.resolve(this.#types.get(part) ?? dyn, true);
  }

  check(expression: Expression, scope: TypeScope | undefined): ValueType {
    const type = this.substitution.resolve(this.#typeOf(expression, scope));
    this.#types.set(expression, type);
    return type;
  }

  mistake(text: string, at: number): void {
    this.mistakes.push(new CelSyntaxError(text, at));
  }

  /** Tells a value that is not of the type; whether it is. */
  expectType(given: ValueType, wanted: ValueType, at: number): boolean {
    if (this.substitution.fits([given], [wanted])) {
      return true;
    }
    const [found, expected] = [given, wanted].map((type) => printType(this.substitution.resolve(type, true)));
    this.mistake(`expected type '${expected ?? ''}' but found '${found ?? ''}'`, at);
    return false;
  }

  #typeOf(expression: Expression, scope: TypeScope | undefined): ValueType {
    switch (expression.op) {
      case 'literal':
        return literalType(expression.value);
      case 'ident':
        return this.#name(expression.name, expression.at, scope);
      case 'select':
        return this.#select(expression, scope);
      case 'index': {
        const args = [expression.target, expression.index].map((part) => this.check(part, scope));
        return this.resolveCall(expression.optional ? '_[?_]' : '_[_]', false, args, expression.at);
      }
      case 'list':
        return this.#list(expression.items, scope);
      case 'map':
        return this.#map(expression.entries, scope);
      case 'call':
        return checkMacro(this, expression, scope) ?? this.#call(expression, scope);
    }
  }

  #name(name: string, at: number, scope: TypeScope | undefined): ValueType {
    const found = typeOfName(name, scope);
    this.reads.add(name);
    return found ?? this.#undeclared(name, at);
  }

  #undeclared(name: string, at: number): ValueType {
    this.mistake(`undeclared reference to '${name}' (in container '')`, at);
    return mistaken;
  }

  #select(select: Select, scope: TypeScope | undefined): ValueType {
    const qualified = select.optional ? undefined : qualifiedName(select.target, select.field);
    const named = qualified === undefined ? undefined : typeOfName(qualified, scope);
    return named ?? this.field(this.check(select.target, scope), select);
  }

  /** The type of a field of a value. */
  field(operand: ValueType, { field, optional, at }: Pick<Select, 'field' | 'optional' | 'at'>): ValueType {
    const isOptional = operand.name === 'optional_type';
    const target = isOptional ? this.substitution.resolve(operand.params[0] ?? dyn) : operand;
    const found = this.#fieldOf(target, field, optional, at);
    return isOptional || optional ? optionalOf(found) : found;
  }

  #fieldOf(target: ValueType, field: string, isOptional: boolean, at: number): ValueType {
    if (target.name === 'map') {
      return target.params[1] ?? dyn;
    }
    if (target.fields !== undefined) {
      const found = target.fields.get(field);
      if (found === undefined) {
        this.mistake(`undefined field '${field}'`, at);
      }
      return found ?? mistaken;
    }
    if (isParameter(target)) {
      this.substitution.fits([dyn], [target]);
    } else if (!isOpen(target) && !isOptional) {
      this.mistake(`type '${printType(this.substitution.resolve(target, true))}' does not support field selection`, at);
    }
    return dyn;
  }

  #list(items: readonly ListItem[], scope: TypeScope | undefined): ValueType {
    let common: ValueType | undefined;
    for (const { value, optional } of items) {
      common = this.#joined(common, this.#item(value, optional, scope));
    }
    return listOf(common ?? this.substitution.fresh());
  }

  #item(value: Expression, optional: boolean, scope: TypeScope | undefined): ValueType {
    const type = this.check(value, scope);
    if (!optional) {
      return type;
    }
    if (type.name === 'optional_type') {
      return type.params[0] ?? dyn;
    }
    if (!isOpen(type)) {
      this.expectType(type, optionalOf(type), value.at);
    }
    return type;
  }

  #map(entries: readonly MapEntry[], scope: TypeScope | undefined): ValueType {
    let keys: ValueType | undefined;
    let values: ValueType | undefined;
    for (const { key, value, optional } of entries) {
      keys = this.#joined(keys, this.check(key, scope));
      values = this.#joined(values, this.#item(value, optional, scope));
    }
    return mapOf(keys ?? this.substitution.fresh(), values ?? this.substitution.fresh());
  }

  #joined(before: ValueType | undefined, type: ValueType): ValueType {
    if (before === undefined) {
      return type;
    }
    if (!this.substitution.fits([type], [before])) {
      return dyn;
    }
    return isWider(before, type) ? before : type;
  }

  #call(call: Call, scope: TypeScope | undefined): ValueType {
    const { name, target, args, at } = call;
    const given = args.map((arg) => this.check(arg, scope));
    if (name === '_&&_' || name === '_||_') {
      const isLogic = args.map((arg, index) => this.expectType(given[index] ?? dyn, bool, arg.at)).every(Boolean);
      return isLogic ? bool : mistaken;
    }
    if (target === undefined) {
      return this.resolveCall(name, false, given, at);
    }
    const qualified = qualifiedName(target, name);
    if (qualified !== undefined && signaturesOf(qualified) !== undefined) {
      return this.resolveCall(qualified, false, given, at);
    }
    const receiver = this.check(target, scope);
    return this.resolveCall(name, true, [receiver, ...given], at);
  }

  /** The type that a call has, by the first way to call it; where several fit and differ, dyn. */
  resolveCall(name: string, isMethod: boolean, given: readonly ValueType[], at: number): ValueType {
    const signatures = signaturesOf(name);
    if (signatures === undefined) {
      return this.#undeclared(name, at);
    }
    let result: ValueType | undefined;
    for (const signature of signatures.filter((one) => one.isMethod === isMethod)) {
      const [own = dyn, ...wanted] = this.substitution.instance([signature.result, ...signature.args]);
      if (this.substitution.fits(given, wanted)) {
        const found = this.substitution.resolve(own);
        result = result === undefined || isSameType(result, found) || result.name === 'dyn' ? (result ?? found) : dyn;
      }
    }
    if (result === undefined) {
      this.#noOverload(name, isMethod, given, at);
    }
    return result ?? mistaken;
  }

  #noOverload(name: string, isMethod: boolean, given: readonly ValueType[], at: number): void {
    const shown = given.map((type) => printType(this.substitution.resolve(type, true)));
    const [receiver = '', ...rest] = shown;
    const applied = isMethod ? `${receiver}.(${rest.join(', ')})` : `(${shown.join(', ')})`;
    this.mistake(`found no matching overload for '${name}' applied to '${applied}'`, at);
  }
}

function literalType(value: CelValue): ValueType {
  if (value === null) {
    return nothing;
  }
  if (value instanceof CelUint) {
    return uint;
  }
  if (value instanceof CelBytes) {
    return bytes;
  }
  const types: { readonly [form: string]: ValueType } = { bigint: int, number: double, string, boolean: bool };
  return types[typeof value] ?? dyn;
}
