// Compiled from schemas/environment.schema.json by `npm run generate`. Do not edit.
/** One violation, as ajv reports it. */
export interface SchemaError {
  readonly keyword: string;
  readonly instancePath: string;
  readonly schemaPath: string;
  readonly params: { readonly [name: string]: unknown };
  readonly propertyName?: string;
}

/** True where the document keeps to the schema; else `errors` holds every violation until the next call. */
export const validate: {
  (document: unknown): boolean;
  errors?: readonly SchemaError[] | null;
};

/** The schema without its words, as JSON. */
export const schemaText: string;
