import type { StatusPatch } from '../../ports/status-writer.ts';

/** The body of the merge patch. The server compares uid and resourceVersion with the live object before it writes. */
export function statusPatch({ uid, resourceVersion, annotations, status }: StatusPatch): {
  readonly body: string;
  readonly contentType: string;
} {
  // JSON leaves out what is undefined.
  const metadata = { uid, resourceVersion, annotations };
  return { body: JSON.stringify({ metadata, status }), contentType: 'application/merge-patch+json' };
}
