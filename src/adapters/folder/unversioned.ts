import type { Revision } from '../../ports/source.ts';

/** The revision of a folder that Git knows nothing about, or isn't asked about. */
export function unversioned(ref: string): Revision {
  return { id: 'unversioned', sha: undefined, dirty: false, ref };
}
