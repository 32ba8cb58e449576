import type { Json } from '../../../domain/json.ts';
import type { KubeObject } from '../../../domain/manifest/kube-object.ts';
import type { UserInfo } from '../../../domain/rbac/user-info.ts';
import type { KindRegistry } from '../kinds/kind-registry.ts';
import type { ObjectRemover } from '../objects/object-remover.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import type { ObjectWriter } from '../objects/object-writer.ts';
import type { ResourcePath } from './request-path.ts';
import type { ServedKind } from '../kinds/served-kind.ts';
import type { Target } from './target.ts';
import type { ReviewWrite } from './write-review.ts';

export interface ApiParts {
  readonly store: ObjectStore;
  readonly registry: KindRegistry;
  readonly writer: ObjectWriter;
  readonly remover: ObjectRemover;
  readonly newUid: () => string;
}

export interface ResourceRequest {
  readonly path: ResourcePath;
  readonly kind: ServedKind;
  readonly query: URLSearchParams;
  readonly body: Json | undefined;
  /** What strict decoding holds against the body's text: as the client is warned of it, and as it is refused. */
  readonly doubts: readonly string[];
  readonly refusal: string;
  readonly contentType: string;
  readonly userAgent: string;
  readonly user: UserInfo;
  /** What a generated name ends in, the same each time the request is answered; something new unless given. */
  readonly nameSuffix?: () => string;
  /** Tells the client something beside the answer. */
  readonly warn?: (text: string) => void;
  /** Has the last word on what this request writes. */
  readonly review?: ReviewWrite;
}

export interface Answer {
  readonly code: number;
  readonly body: Json;
  /** The objects behind the body, for a client that wants a table. */
  readonly objects?: readonly KubeObject[];
  /** Kind whose columns a table of them has, where it is not the request's own. */
  readonly printedAs?: string;
  /** Media type of a body that is text and no JSON. */
  readonly plainType?: string;
}

/** Where the object of a request stands. */
export function targetOf({ kind, path }: ResourceRequest, name: string): Target {
  return { kind, namespace: path.namespace ?? '', name };
}
