import type { ServedKind } from '../kinds/served-kind.ts';
import { StatusError } from '../answers/status-error.ts';

const objectTypes = ['application/json', 'application/yaml', 'application/vnd.kubernetes.protobuf'];
const patchTypes = [
  'application/json-patch+json',
  'application/merge-patch+json',
  'application/strategic-merge-patch+json',
  'application/apply-patch+yaml',
];

interface TypedBody {
  readonly contentType: string;
  readonly kind: ServedKind;
  readonly method: string;
}

/** The media type of a body, where the kind takes it; 415 for any other. */
export function mediaTypeOf({ contentType, kind, method }: TypedBody): string {
  if (method === 'PATCH') {
    return patchType(contentType, kind);
  }
  const [type = '', ...parameters] = contentType.split(';').map((part) => part.trim());
  const known = type === '' ? 'application/json' : type.toLowerCase();
  const isSound = parameters.every((parameter) => /^[\w!#$&^.+-]+=./u.test(parameter));
  const isRead = known !== 'application/vnd.kubernetes.protobuf' || !kind.custom;
  if (!objectTypes.includes(known) || !isSound || !isRead) {
    throw unknownFormat(objectTypes);
  }
  return known;
}

function patchType(contentType: string, kind: ServedKind): string {
  const type = contentType.split(';', 1)[0]?.trim() ?? '';
  const accepted = patchTypes.filter((one) => !kind.custom || !one.includes('strategic'));
  if (accepted.includes(type)) {
    return type;
  }
  if (!kind.custom && !knownPatch.test(type)) {
    throw new StatusError(415, 'UnsupportedMediaType', '415: Unsupported Media Type', {});
  }
  throw unknownFormat(accepted);
}

/** Types that the router of built-in kinds lets pass, whether or not anybody reads them. */
const knownPatch = /^application\/(?:(?:json|merge|strategic-merge)-patch\+json|apply-patch\+(?:yaml|cbor))$/u;

function unknownFormat(accepted: readonly string[]): StatusError {
  const list = accepted.join(', ');
  const message = `the body of the request was in an unknown format - accepted media types include: ${list}`;
  return new StatusError(415, 'UnsupportedMediaType', message);
}
