import { Schema, Type } from 'js-yaml';
import type { Json } from '../../domain/json.ts';
import { readPlainScalar } from '../../domain/yaml-scalar/plain-scalar.ts';
import type { PlainScalar } from '../../domain/yaml-scalar/plain-scalar.ts';

const standard = (name: string): string => `tag:yaml.org,2002:${name}`;

function valueOf(reading: PlainScalar, scalar: string): Json {
  if (reading.kind === 'null') {
    return null;
  }
  return reading.kind === 'text' ? scalar : reading.value;
}

/** `!!int`, `!!float`, `!!bool` and `!!null` take what the plain reading takes for that kind. */
function tagged(name: string, accepts: (reading: PlainScalar) => boolean): Type {
  return new Type(standard(name), {
    kind: 'scalar',
    resolve: (data: unknown) => accepts(readPlainScalar(typeof data === 'string' ? data : '')),
    construct: (data: unknown) => {
      const scalar = typeof data === 'string' ? data : '';
      return valueOf(readPlainScalar(scalar), scalar);
    },
  });
}

/** The type that gives every unquoted scalar the value Kubernetes reads; `note` sees each scalar that is more than text. */
function plainType(seen: () => void, note: (scalar: string) => void): Type {
  let reading: PlainScalar = { kind: 'text' };
  return new Type('tag:metalwave.io,2026:plain', {
    kind: 'scalar',
    resolve: (data: unknown) => {
      seen();
      reading = readPlainScalar(typeof data === 'string' ? data : '');
      return reading.kind !== 'text';
    },
    construct: (data: unknown) => {
      const scalar = typeof data === 'string' ? data : '';
      note(scalar);
      return valueOf(reading, scalar);
    },
  });
}

/** What the parser is to tell while it reads. */
export interface ScalarWatch {
  /** Called for every unquoted scalar; may throw to stop the reading. */
  readonly seen: () => void;
  /** Called for every unquoted scalar that is null, a boolean or a number. */
  readonly note: (scalar: string) => void;
}

/** A schema whose scalars are those of Kubernetes, with merge keys and the standard tags, and no others. */
export function kubernetesSchema(watch: ScalarWatch): Schema {
  return new Schema({
    implicit: [
      new Type(standard('merge'), { kind: 'scalar', resolve: (data: unknown) => data === '<<' }),
      plainType(watch.seen, watch.note),
    ],
    explicit: [
      new Type(standard('str'), { kind: 'scalar', construct: (data: unknown) => data ?? '' }),
      new Type(standard('seq'), { kind: 'sequence', construct: (data: unknown) => data ?? [] }),
      new Type(standard('map'), { kind: 'mapping', construct: (data: unknown) => data ?? {} }),
      tagged('int', (reading) => reading.kind === 'number' && Number.isInteger(reading.value)),
      tagged('float', (reading) => reading.kind === 'number'),
      tagged('bool', (reading) => reading.kind === 'boolean'),
      tagged('null', (reading) => reading.kind === 'null'),
    ],
  });
}
