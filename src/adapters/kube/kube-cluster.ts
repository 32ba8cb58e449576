import { Failure, isFailure } from '../../domain/failure.ts';
import { fieldManager } from '../../domain/identity.ts';
import { isJsonObject, listAt, textAt } from '../../domain/json.ts';
import type { KubeObject } from '../../domain/manifest/kube-object.ts';
import { describeObject, type ObjectId, objectIdOf } from '../../domain/manifest/object-id.ts';
import type {
  ApiKind,
  ApplyOptions,
  ClusterReader,
  ClusterWriter,
  DeleteOptions,
  ListOptions,
  ObjectList,
} from '../../ports/cluster.ts';
import type { ObjectFence, ObjectReplacer } from '../../ports/object-replacer.ts';
import type { PodEndpoint, PodReader } from '../../ports/pod-reader.ts';
import type { FieldOwners, ObjectVersion, OwnershipChange } from '../../ports/field-owners.ts';
import type { StatusPatch, StatusWriter } from '../../ports/status-writer.ts';
import type { ClusterAccess } from './access.ts';
import { ApiClient } from './api-client.ts';
import { collectionPath, groupVersionPath, kindsOf, objectPath, resourceName } from './discovery.ts';
import { defaultLimits, type HttpLimits } from './http-exchange.ts';
import { asObject } from './kube-answers.ts';
import { changedOrGone, ownershipPatch } from './ownership-patch.ts';
import { askedFor, limited, pageQuery, serverTimeout } from './request-parts.ts';
import { ExpiredFailure, kindMissing } from './status-failure.ts';
import { statusPatch } from './status-patch.ts';

export interface KubeClusterOptions extends Partial<HttpLimits> {
  /** Objects a page of a list. */
  readonly pageSize?: number;
}

const strictFields = `fieldManager=${fieldManager}&fieldValidation=Strict`;
const defaultPageSize = 500;
/** How often a list may start again because its snapshot expired on the server while it was read. */
const listAttempts = 3;

/** A Kubernetes API server behind the cluster ports. Every call is one attempt; trying again is the caller's business. */
export class KubeCluster implements ClusterReader, ClusterWriter, ObjectReplacer, PodReader, FieldOwners, StatusWriter {
  private readonly api: ApiClient;
  private readonly pageSize: number;
  private readonly discovered = new Map<string, ReadonlyMap<string, ApiKind>>();
  /** Discovery that is under way, by apiVersion: requests that start together ask once. */
  private readonly discovering = new Map<string, Promise<unknown>>();

  constructor(access: ClusterAccess, options: KubeClusterOptions = {}) {
    this.api = new ApiClient(access, { ...defaultLimits, ...options });
    this.pageSize = options.pageSize ?? defaultPageSize;
  }

  get description(): string {
    return this.api.description;
  }

  /** Ends idle connections; they don't keep the process alive, but a server that shuts down waits for them. */
  close(): void {
    this.api.close();
  }

  async serverVersion(signal: AbortSignal): Promise<string> {
    const asked = { verb: 'get', resource: '/version', subject: 'the version of the server', isSecret: false };
    try {
      const version = textAt(await this.api.call({ method: 'GET', path: '/version' }, asked, signal), 'gitVersion');
      if (version !== undefined) {
        return version;
      }
    } catch (error) {
      if (!isFailure(error, 'kind-missing')) {
        throw error;
      }
    }
    throw new Failure({
      code: 'cluster-error',
      retry: 'never',
      message: `${this.description} does not tell a version: it is no Kubernetes API server`,
      remedy: 'Check the server address in the kubeconfig.',
    });
  }

  async findKind(apiVersion: string, kind: string, signal: AbortSignal): Promise<ApiKind | undefined> {
    const path = groupVersionPath(apiVersion);
    const asked = { verb: 'get', resource: path, subject: `the kinds of ${apiVersion}`, isSecret: false };
    try {
      const kinds = kindsOf(apiVersion, await this.api.call({ method: 'GET', path }, asked, signal));
      this.discovered.set(apiVersion, kinds);
      return kinds.get(kind);
    } catch (error) {
      if (isFailure(error, 'kind-missing')) {
        this.discovered.delete(apiVersion);
        return undefined;
      }
      throw error;
    }
  }

  async list(apiVersion: string, kind: string, options: ListOptions, signal: AbortSignal): Promise<ObjectList> {
    const served = await this.servedKind(apiVersion, kind, `${kind} objects`, signal);
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.listOnce(apiVersion, served, options, signal);
      } catch (error) {
        this.forgetIfMissing(apiVersion, error);
        if (!(error instanceof ExpiredFailure) || attempt === listAttempts) {
          throw error;
        }
      }
    }
  }

  async get(apiVersion: string, id: ObjectId, signal: AbortSignal): Promise<KubeObject | undefined> {
    const subject = describeObject(id);
    const kind = await this.servedKind(apiVersion, id.kind, subject, signal);
    try {
      const path = objectPath(kind, id);
      return asObject(await this.api.call({ method: 'GET', path }, askedFor('get', kind, subject), signal), subject);
    } catch (error) {
      if (isFailure(error, 'object-not-found')) {
        return undefined;
      }
      throw this.forgetIfMissing(apiVersion, error);
    }
  }

  dryRunApply(object: KubeObject, options: ApplyOptions, signal: AbortSignal): Promise<KubeObject> {
    return this.patch(object, options, 'force=false&dryRun=All', signal);
  }

  apply(object: KubeObject, options: ApplyOptions, signal: AbortSignal): Promise<KubeObject> {
    return this.patch(object, options, 'force=false', signal);
  }

  previewTakeover(object: KubeObject, uid: string, signal: AbortSignal): Promise<KubeObject> {
    return this.patch(object, { uid }, 'force=true&dryRun=All', signal);
  }

  async rewriteOwnership(version: ObjectVersion, change: OwnershipChange, signal: AbortSignal): Promise<KubeObject> {
    const subject = describeObject(version.id);
    const kind = await this.servedKind(version.apiVersion, version.id.kind, subject, signal);
    const path = `${objectPath(kind, version.id)}?fieldManager=${fieldManager}`;
    const asked = askedFor('patch', kind, subject);
    const request = { method: 'PATCH', path, ...ownershipPatch(version, change) } as const;
    try {
      return asObject(await this.api.call(request, asked, signal), subject);
    } catch (error) {
      throw changedOrGone(this.forgetIfMissing(version.apiVersion, error), subject);
    }
  }

  async patchStatus(patch: StatusPatch, signal: AbortSignal): Promise<KubeObject> {
    const subject = describeObject(patch.id);
    const kind = await this.servedKind(patch.apiVersion, patch.id.kind, subject, signal);
    const path = `${objectPath(kind, patch.id)}/status?fieldManager=${fieldManager}`;
    const asked = { ...askedFor('patch', kind, subject), resource: `${resourceName(kind)}/status` };
    try {
      return asObject(await this.api.call({ method: 'PATCH', path, ...statusPatch(patch) }, asked, signal), subject);
    } catch (error) {
      throw this.forgetIfMissing(patch.apiVersion, error);
    }
  }

  async create(object: KubeObject, signal: AbortSignal): Promise<KubeObject> {
    const id = objectIdOf(object);
    const subject = describeObject(id);
    const kind = await this.servedKind(object.apiVersion, id.kind, subject, signal);
    const path = `${collectionPath(kind, id.namespace)}?${strictFields}`;
    const request = { method: 'POST', path, body: JSON.stringify(object), contentType: 'application/json' } as const;
    try {
      return asObject(await this.api.call(request, askedFor('create', kind, subject), signal), subject);
    } catch (error) {
      throw this.forgetIfMissing(object.apiVersion, error);
    }
  }

  async replace(object: KubeObject, fence: ObjectFence, signal: AbortSignal): Promise<KubeObject> {
    const id = objectIdOf(object);
    const subject = describeObject(id);
    const kind = await this.servedKind(object.apiVersion, id.kind, subject, signal);
    const path = `${objectPath(kind, id)}?${strictFields}`;
    const body = JSON.stringify({ ...object, metadata: { ...object.metadata, ...fence } });
    const request = { method: 'PUT', path, body, contentType: 'application/json' } as const;
    try {
      return asObject(await this.api.call(request, askedFor('update', kind, subject), signal), subject);
    } catch (error) {
      throw changedOrGone(this.forgetIfMissing(object.apiVersion, error), subject);
    }
  }

  async delete(apiVersion: string, id: ObjectId, options: DeleteOptions, signal: AbortSignal): Promise<void> {
    const subject = describeObject(id);
    const kind = await this.servedKind(apiVersion, id.kind, subject, signal);
    const { uid, resourceVersion, limit } = options;
    const body = JSON.stringify({
      apiVersion: 'v1',
      kind: 'DeleteOptions',
      preconditions: { uid, ...(resourceVersion === undefined ? {} : { resourceVersion }) },
      propagationPolicy: 'Background',
    });
    try {
      const path = `${objectPath(kind, id)}${serverTimeout('?', limit)}`;
      await this.api.call(
        { method: 'DELETE', path, body, ...limited(limit) },
        askedFor('delete', kind, subject),
        signal,
      );
    } catch (error) {
      if (!isFailure(error, 'object-not-found')) {
        throw this.forgetIfMissing(apiVersion, error);
      }
    }
  }

  podText({ namespace, name, port }: PodEndpoint, path: string, signal: AbortSignal): Promise<string> {
    const proxy = `/api/v1/namespaces/${namespace}/pods/${name}:${port}/proxy${path}`;
    const asked = { verb: 'get', resource: 'pods/proxy', subject: `Pod ${namespace}/${name}`, isSecret: false };
    return this.api.podText(proxy, asked, signal);
  }

  private async patch(
    object: KubeObject,
    { limit, ...fence }: ApplyOptions,
    query: string,
    signal: AbortSignal,
  ): Promise<KubeObject> {
    const id = objectIdOf(object);
    const subject = describeObject(id);
    const kind = await this.servedKind(object.apiVersion, id.kind, subject, signal);
    const metadata = { ...object.metadata, ...fence };
    const options = `fieldManager=${fieldManager}&fieldValidation=Strict&${query}`;
    const path = `${objectPath(kind, id)}?${options}${serverTimeout('&', limit)}`;
    const body = JSON.stringify({ ...object, metadata });
    const patch = { method: 'PATCH', path, body, contentType: 'application/apply-patch+yaml' } as const;
    const request = { ...patch, ...limited(limit) };
    try {
      return asObject(await this.api.call(request, askedFor('patch', kind, subject), signal), subject);
    } catch (error) {
      throw this.forgetIfMissing(object.apiVersion, error);
    }
  }

  private async listOnce(
    apiVersion: string,
    kind: ApiKind,
    options: ListOptions,
    signal: AbortSignal,
  ): Promise<ObjectList> {
    const items: KubeObject[] = [];
    const asked = askedFor('list', kind, `${kind.kind} objects`);
    let next = '';
    for (;;) {
      const path = `${collectionPath(kind, options.namespace ?? '')}?${pageQuery(options, this.pageSize, next)}`;
      const page = await this.api.call({ method: 'GET', path }, asked, signal);
      for (const item of listAt(page, 'items')) {
        // A list of a built-in kind leaves these two out of its items.
        const object = asObject({ apiVersion, kind: kind.kind, ...(isJsonObject(item) ? item : {}) }, asked.subject);
        items.push(options.keep?.(object) ?? object);
      }
      next = textAt(page, 'metadata', 'continue') ?? '';
      if (next === '') {
        return { items, resourceVersion: textAt(page, 'metadata', 'resourceVersion') ?? '' };
      }
    }
  }

  /** From memory where it is known; what isn't known may have come meanwhile, so then the server is asked. */
  private async servedKind(apiVersion: string, kind: string, subject: string, signal: AbortSignal): Promise<ApiKind> {
    const underWay = this.discovering.get(apiVersion);
    if (underWay !== undefined) {
      await underWay;
    }
    const known = this.discovered.get(apiVersion)?.get(kind) ?? (await this.discover(apiVersion, kind, signal));
    if (known === undefined) {
      throw kindMissing(subject, `${apiVersion} ${kind}`);
    }
    return known;
  }

  private async discover(apiVersion: string, kind: string, signal: AbortSignal): Promise<ApiKind | undefined> {
    const asking = this.findKind(apiVersion, kind, signal);
    const settled = asking.catch(() => undefined);
    this.discovering.set(apiVersion, settled);
    try {
      return await asking;
    } finally {
      if (this.discovering.get(apiVersion) === settled) {
        this.discovering.delete(apiVersion);
      }
    }
  }

  /** A CRD that is gone may come back under another plural, so nothing about it is kept. */
  private forgetIfMissing(apiVersion: string, error: unknown): unknown {
    if (isFailure(error, 'kind-missing')) {
      this.discovered.delete(apiVersion);
    }
    return error;
  }
}
