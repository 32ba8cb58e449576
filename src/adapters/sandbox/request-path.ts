/** What a path of the API names. `name` undefined: the collection; `namespace` undefined: no namespace in the path. */
export interface ResourcePath {
  readonly group: string;
  readonly version: string;
  readonly namespace: string | undefined;
  readonly resource: string;
  readonly name: string | undefined;
  readonly subresource: string;
}

/** Reads `/api/v1/…` and `/apis/GROUP/VERSION/…`; undefined where the path names no resource. */
export function parseResourcePath(path: string): ResourcePath | undefined {
  const steps = path
    .split('/')
    .slice(1)
    .map((step) => decode(step));
  if (steps.some((step) => step === undefined || step === '')) {
    return undefined;
  }
  const known = steps.filter((step) => step !== undefined);
  if (known[0] === 'api') {
    return below('', known[1] ?? '', known.slice(2));
  }
  return known[0] === 'apis' ? below(known[1] ?? '', known[2] ?? '', known.slice(3)) : undefined;
}

function below(group: string, version: string, steps: readonly string[]): ResourcePath | undefined {
  const isNamespaced =
    steps[0] === 'namespaces' && steps.length > 2 && !['status', 'finalize'].includes(steps[2] ?? '');
  const [resource, name, subresource = ''] = isNamespaced ? steps.slice(2) : steps;
  if (resource === undefined || steps.length > (isNamespaced ? 5 : 3)) {
    return undefined;
  }
  return { group, version, namespace: isNamespaced ? steps[1] : undefined, resource, name, subresource };
}

function decode(step: string): string | undefined {
  try {
    return decodeURIComponent(step);
  } catch {
    return undefined;
  }
}
