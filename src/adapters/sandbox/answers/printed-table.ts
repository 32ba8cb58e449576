import { isJsonArray, isJsonObject } from '../../../domain/json.ts';
import type { Json, JsonObject } from '../../../domain/json.ts';
import { asJson } from '../../../domain/manifest/kube-object.ts';
import type { KubeObject } from '../../../domain/manifest/kube-object.ts';
import { partialObject } from './partial-object.ts';
import type { Column, ServedKind } from '../kinds/served-kind.ts';
import { ageColumn, builtInColumns, nameColumn } from '../tables/built-in-columns.ts';
import type { TableColumn } from '../tables/built-in-columns.ts';
import { ageOf } from '../tables/cell-values.ts';
import { valuesAt } from '../tables/json-path.ts';

/** What of each object goes with its row. */
export interface TableOptions {
  readonly include: 'None' | 'Metadata' | 'Object';
}

interface TablePage extends TableOptions {
  readonly metadata: JsonObject;
  readonly now: number;
}

/** The answer to a client that asked for a Table (meta.k8s.io/v1): one row an object. */
export function printTable(kind: ServedKind, objects: readonly KubeObject[], page: TablePage): JsonObject {
  const columns = columnsOf(kind);
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata: page.metadata,
    columnDefinitions: columns.map(({ title, type, isWide, description }) => ({
      name: title,
      type,
      format: title === 'Name' ? 'name' : '',
      description: description ?? '',
      priority: isWide ? 1 : 0,
    })),
    rows: objects.map((object) => ({
      cells: columns.map(({ cell }) => cell(asJson(object), page.now)),
      ...rowObject(object, page),
    })),
  };
}

function rowObject(object: KubeObject, { include }: TableOptions): JsonObject {
  if (include === 'None') {
    return {};
  }
  return { object: include === 'Object' ? asJson(object) : partialObject(object) };
}

function columnsOf(kind: ServedKind): readonly TableColumn[] {
  if (!kind.custom) {
    return builtInColumns[kind.kind] ?? [nameColumn, ageColumn];
  }
  return kind.columns.length === 0
    ? [nameColumn, ageColumn]
    : [nameColumn, ...kind.columns.map((column) => customColumn(column))];
}

function customColumn({ name, type, priority, jsonPath, description }: Column): TableColumn {
  return {
    description:
      description === '' ? `Custom resource definition column (in JSONPath format): ${jsonPath}` : description,
    title: name,
    type,
    isWide: priority > 0,
    cell: (object, now) => customCell(valuesAt(object, jsonPath), type, now),
  };
}

/** The first value, if it is of the column's type; a cell without one is null. */
function customCell(values: readonly Json[], type: string, now: number): Json {
  const [first] = values;
  if (first === undefined || first === null) {
    return null;
  }
  switch (type) {
    case 'string':
      return plainText(first);
    case 'date':
      return typeof first === 'string' ? dateCell(first, now) : null;
    case 'integer':
      return typeof first === 'number' ? Math.trunc(first) : null;
    default:
      return typeof first === type ? first : null;
  }
}

function dateCell(instant: string, now: number): string {
  return Number.isNaN(Date.parse(instant)) ? '<invalid>' : ageOf(instant, now);
}

function plainText(value: Json): string {
  if (typeof value === 'string') {
    return value;
  }
  return isJsonArray(value) || isJsonObject(value) ? JSON.stringify(value) : String(value);
}
