import { typeNameOf } from '../../../domain/crd/built-in-schemas.ts';
import { isJsonObject } from '../../../domain/json.ts';
import type { Json, JsonObject } from '../../../domain/json.ts';
import type { ServedKind } from '../kinds/served-kind.ts';
import { descriptionOf } from './kind-descriptions.ts';

const refPrefix = '#/components/schemas/';
const meta = 'io.k8s.apimachinery.pkg.apis.meta.v1';
const quantity = 'io.k8s.apimachinery.pkg.api.resource.Quantity';
const intOrString = 'io.k8s.apimachinery.pkg.util.intstr.IntOrString';

/** Types that every group shares. */
const shared: ReadonlySet<string> = new Set([
  'Condition',
  'LabelSelector',
  'LabelSelectorRequirement',
  'ManagedFieldsEntry',
  'ObjectMeta',
  'OwnerReference',
]);

/** Fields that hold a quantity; any other of its form is a number or text. */
const quantities: ReadonlySet<string> = new Set(['divisor', 'sizeLimit']);

/** Schemas of kinds as OpenAPI writes them: each named type once, referred to by its name. */
export class SchemaComponents {
  readonly schemas: { [name: string]: Json } = {};
  readonly #group: string;

  constructor(group: string) {
    this.#group = group;
  }

  /** Adds a kind and everything that it is made of. */
  addKind(kind: ServedKind): void {
    const identity = [{ group: kind.group, version: kind.version, kind: kind.kind }];
    const described = kind.custom ? {} : descriptionOf(kind.kind);
    const schema = kind.custom ? this.#customSchema(kind.schema) : this.#structure(kind.schema, '');
    this.schemas[schemaNameOf(kind)] = { ...described, ...schema, 'x-kubernetes-group-version-kind': identity };
  }

  /** A definition's schema stands as it was written, but for the metadata that every object has. */
  #customSchema(schema: JsonObject): JsonObject {
    const properties = isJsonObject(schema['properties']) ? schema['properties'] : {};
    const { metadata } = properties;
    return isJsonObject(metadata)
      ? { ...schema, properties: { ...properties, metadata: this.#translate(metadata, 'metadata') } }
      : schema;
  }

  /** A reference to a named type, else the type itself. `field` is the field it is the type of. */
  #translate(schema: JsonObject, field: string): JsonObject {
    const name = typeNameOf(schema);
    if (name !== undefined) {
      return this.#reference(name, schema);
    }
    if (schema['x-kubernetes-int-or-string'] === true) {
      return this.#scalar(quantities.has(field) ? quantity : intOrString);
    }
    return this.#structure(schema, field);
  }

  #reference(name: string, schema: JsonObject): JsonObject {
    const full = fullName(name, this.#group);
    if (!Object.hasOwn(this.schemas, full)) {
      // Known before its content is, so that a type may contain itself.
      this.schemas[full] = {};
      this.schemas[full] = this.#structure(schema, '');
    }
    const reference = { $ref: `${refPrefix}${full}` };
    const marks = Object.entries(schema).filter(([key]) => key === 'default' || key.startsWith('x-kubernetes-patch'));
    return marks.length === 0 ? reference : { allOf: [reference], ...Object.fromEntries(marks) };
  }

  #scalar(name: string): JsonObject {
    const number = name === quantity ? 'number' : 'integer';
    this.schemas[name] = { oneOf: [{ type: number }, { type: 'string' }] };
    return { $ref: `${refPrefix}${name}` };
  }

  #structure(schema: JsonObject, field: string): JsonObject {
    const { properties, items, additionalProperties, nullable, ...rest } = schema;
    const isTime = nullable === true && schema['type'] === 'string';
    const unmarked = field === '' ? withoutMarks(rest) : rest;
    return {
      ...unmarked,
      ...(isTime ? { format: 'date-time' } : {}),
      ...(isJsonObject(properties) ? { properties: this.#fields(properties) } : {}),
      ...(isJsonObject(items) ? { items: this.#translate(items, field) } : {}),
      ...(isJsonObject(additionalProperties)
        ? { additionalProperties: this.#translate(additionalProperties, 'divisor') }
        : {}),
    };
  }

  #fields(properties: JsonObject): JsonObject {
    const fields = Object.entries(properties);
    return Object.fromEntries(
      fields.map(([name, schema]) => [name, isJsonObject(schema) ? this.#translate(schema, name) : schema]),
    );
  }
}

/** What belongs to a field that has the type, and not to the type. */
function withoutMarks(schema: JsonObject): JsonObject {
  const own = Object.entries(schema).filter(([key]) => key !== 'default' && !key.startsWith('x-kubernetes-patch'));
  return Object.fromEntries(own);
}

/** The name of a kind among the schemas: `io.k8s.api.apps.v1.Deployment`, `io.metallb.v1beta1.IPAddressPool`. */
export function schemaNameOf({ custom, group, version, kind }: ServedKind): string {
  return custom ? [...group.split('.').toReversed(), version, kind].join('.') : fullName(kind, group);
}

function fullName(type: string, group: string): string {
  if (shared.has(type)) {
    return `${meta}.${type}`;
  }
  const [family = ''] = group.split('.');
  return `io.k8s.api.${family === '' ? 'core' : family}.v1.${type}`;
}
