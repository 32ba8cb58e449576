import type { EnvironmentConfig } from '../../domain/environment/config.generated.ts';
import { findingCodes } from '../../domain/finding/finding-codes.ts';
import type { DocumentPlace, Finding } from '../../domain/finding/finding.ts';
import type { Json } from '../../domain/json.ts';
import type { SchemaChecker } from '../../ports/schema-checker.ts';
import { describeViolation, type Violation } from './describe-violation.ts';
import { validate } from './environment-validator.generated.js';

/** Checks documents with the schema as it was compiled ahead; ajv itself is never loaded. */
export const schemaChecker: SchemaChecker = {
  checkEnvironment(file, value) {
    if (isEnvironmentConfig(value)) {
      return { config: value, findings: [] };
    }
    return { config: undefined, findings: violationsOf(value).map((violation) => findingOf(file, violation)) };
  },
};

function isEnvironmentConfig(value: unknown): value is EnvironmentConfig {
  return validate(value);
}

/** The violations of the document that was validated last, one for each mistake. */
function violationsOf(value: Json): readonly Violation[] {
  const all = (validate.errors ?? []).flatMap((error) => describeViolation(error, value) ?? []);
  const mistyped = new Set(all.filter(({ code }) => code === 'wrong-type').map(({ pointer }) => pointer));
  const seen = new Set<string>();
  return all.filter(({ code, pointer, part }) => {
    const identity = `${code} ${part} ${pointer}`;
    const repeats = seen.has(identity) || (mistyped.has(pointer) && code !== 'wrong-type');
    seen.add(identity);
    return !repeats;
  });
}

function findingOf(file: string, violation: Violation): Finding<DocumentPlace> {
  const { code, pointer, part, message, remedy } = violation;
  return { code, severity: findingCodes[code].severity, message, remedy, place: { file, pointer, part } };
}
