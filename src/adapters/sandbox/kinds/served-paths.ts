import { healthPaths } from '../requests/health-checks.ts';
import type { ServedKind } from './served-kind.ts';

/** What stands at `/`: every path that is served and names no resource. */
export function pathsOf(kinds: readonly ServedKind[]): readonly string[] {
  const versions = kinds.flatMap(({ group, version }) =>
    group === '' ? [`/api/${version}`] : [`/apis/${group}`, `/apis/${group}/${version}`],
  );
  const ofVersions = [...new Set(versions)];
  const openApi = ofVersions.map((path) => `/openapi/v3${path}`);
  return [
    '/api',
    '/apis',
    '/apis/',
    ...ofVersions,
    ...healthPaths(),
    ...openApi,
    '/openapi/v3',
    '/openapi/v3/',
    '/version',
  ].toSorted();
}
