/** The checks that a program of one process can vouch for, by the names that the API server gives them. */
const checks = ['ping', 'log', 'etcd'];
const checksOf: ReadonlyMap<string, readonly string[]> = new Map([
  ['healthz', checks],
  ['livez', checks],
  ['readyz', [...checks, 'etcd-readiness', 'informer-sync', 'shutdown']],
]);

/** The answer to a question for health, `/readyz`, `/livez/etcd` and the like; undefined for any other path. */
export function healthText({ pathname, searchParams }: URL): string | undefined {
  const [, endpoint = '', check, ...rest] = pathname.split('/');
  const known = checksOf.get(endpoint);
  if (known === undefined || rest.length > 0) {
    return undefined;
  }
  if (check !== undefined) {
    return known.includes(check) ? 'ok' : undefined;
  }
  const excluded = searchParams.getAll('exclude');
  if (!searchParams.has('verbose')) {
    return 'ok';
  }
  const lines = known.map((name) => `[+]${name} ${excluded.includes(name) ? 'excluded: ok' : 'ok'}\n`);
  const unmatched = excluded.filter((name) => !known.includes(name)).map((name) => JSON.stringify(name));
  const warning =
    unmatched.length === 0
      ? ''
      : `warn: some health checks cannot be excluded: no matches for ${unmatched.join(', ')}\n`;
  return `${lines.join('')}${warning}${endpoint} check passed\n`;
}

/** Where health can be asked for. */
export function healthPaths(): readonly string[] {
  return [...checksOf].flatMap(([endpoint, known]) => [`/${endpoint}`, ...known.map((name) => `/${endpoint}/${name}`)]);
}
