import type { EnvironmentConfig } from '../domain/environment/config.generated.ts';
import type { DocumentPlace, Finding } from '../domain/finding/finding.ts';
import type { Json } from '../domain/json.ts';

/** Checks a parsed document against the published schema of its kind. */
export interface SchemaChecker {
  /** All violations at once. With no error among them `value` is of the schema's type; defaults are not filled in. */
  checkEnvironment(
    file: string,
    value: Json,
  ): { readonly config: EnvironmentConfig | undefined; readonly findings: readonly Finding<DocumentPlace>[] };
}
