import { isJsonArray, isJsonObject, valueAt, type Json, type JsonObject } from '../json.ts';
import { asJson, type KubeObject } from '../manifest/kube-object.ts';

/** Metadata that someone chooses. All else there is identity or kept by the server. */
const comparedMetadata: ReadonlySet<string> = new Set(['annotations', 'finalizers', 'labels', 'ownerReferences']);

function without(object: JsonObject, key: string): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([name]) => name !== key));
}

/** Rewrites the value below `path` where all of it exists; anything else is given back untouched. */
function rewriteAt(root: Json, path: readonly string[], rewrite: (value: Json) => Json): Json {
  const [step, ...rest] = path;
  if (step === undefined) {
    return rewrite(root);
  }
  const child = valueAt(root, step);
  if (!isJsonObject(root) || child === undefined) {
    return root;
  }
  return { ...root, [step]: rewriteAt(child, rest, rewrite) };
}

function withoutCaBundle(clientConfig: Json): Json {
  return isJsonObject(clientConfig) ? without(clientConfig, 'caBundle') : clientConfig;
}

/** A caBundle is injected by a controller after the fact and rotates: whoever compares it reports drift for ever. */
function withoutCaBundles(object: JsonObject): Json {
  const withHooks = rewriteAt(object, ['webhooks'], (hooks) =>
    isJsonArray(hooks) ? hooks.map((hook) => rewriteAt(hook, ['clientConfig'], withoutCaBundle)) : hooks,
  );
  return rewriteAt(withHooks, ['spec', 'conversion', 'webhook', 'clientConfig'], withoutCaBundle);
}

function comparedPart(metadata: Json | undefined): JsonObject {
  if (!isJsonObject(metadata)) {
    return {};
  }
  return Object.fromEntries(Object.entries(metadata).filter(([name]) => comparedMetadata.has(name)));
}

/**
 * What of an object a person or a manifest decides: no status, no identity, nothing that the server or a controller
 * writes on its own. An empty label or annotation map is the same as none.
 */
export function comparable(object: KubeObject): JsonObject {
  const root = asJson(object);
  if (!isJsonObject(root)) {
    return {};
  }
  const { apiVersion: _version, kind: _kind, metadata, status: _status, ...rest } = root;
  const kept = Object.entries(comparedPart(metadata)).filter(([, value]) => !isEmpty(value));
  const cleaned = withoutCaBundles(rest);
  const content = isJsonObject(cleaned) ? cleaned : {};
  return kept.length === 0 ? content : { metadata: Object.fromEntries(kept), ...content };
}

function isEmpty(value: Json): boolean {
  return isJsonArray(value) ? value.length === 0 : isJsonObject(value) && Object.keys(value).length === 0;
}
