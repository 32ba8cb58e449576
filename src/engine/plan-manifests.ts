import type { Digest } from '../domain/digest.ts';
import { Failure } from '../domain/failure.ts';
import type { KubeObject } from '../domain/manifest/kube-object.ts';
import { keyOf, objectIdOf, type ObjectKey } from '../domain/manifest/object-id.ts';
import { detectMetalLb } from '../domain/metallb/detect.ts';
import { lineOf } from '../domain/metallb/release.ts';
import { afterApply, objectOfResource, objectOfService } from '../domain/plain-manifests/applied-objects.ts';
import type { FoundService } from '../domain/plain-manifests/contribution.ts';
import type { ManifestSet } from '../domain/plain-manifests/manifest-set.ts';
import { makePlan } from '../domain/plan/make-plan.ts';
import { planHash } from '../domain/plan/plan-hash.ts';
import { hashManifests, type DryRunResult, type PlanInput } from '../domain/plan/plan-input.ts';
import type { Change, Plan } from '../domain/plan/plan.ts';
import type { AddressRules, ObservedAddresses } from '../domain/plan/planned-addresses.ts';
import { predictAddresses } from '../domain/plan/predict-addresses.ts';
import { stepOfObject } from '../domain/prune/step-of-object.ts';
import { installationKinds } from '../domain/snapshot/observed-kinds.ts';
import type { ObservedWorld } from './observe.ts';
import { observeAddresses } from './observe-addresses.ts';
import { type ReadList, readLists, wantedList } from './read-lists.ts';

export interface ManifestPlanRequest extends ObservedWorld {
  readonly digest: Digest;
  readonly set: ManifestSet;
  /** Services of any type: one that is no longer of type LoadBalancer loses its address. */
  readonly services: readonly FoundService[];
  /** Whence the manifests come, for people. */
  readonly paths: readonly string[];
  /** MetalLB's namespace. */
  readonly namespace: string;
  /** MetalLB's objects that the manifests do not hold are taken to be deleted. */
  readonly prune: boolean;
  /** The release whose rules apply; undefined: that of the controller that runs there. */
  readonly version: string | undefined;
}

function itemsOf(list: ReadList | undefined): readonly KubeObject[] {
  return list?.state === 'listed' ? list.items : [];
}

/** Whose rules decide: those of the release that was named, else of the controller that is found. */
async function rulesOf(request: ManifestPlanRequest): Promise<AddressRules> {
  const { namespace } = request;
  const lists = await readLists(
    request,
    installationKinds.map((kind) => wantedList(kind, namespace)),
  );
  const found = detectMetalLb(itemsOf(lists[0]), itemsOf(lists[1]));
  const version = request.version ?? found?.version;
  const line = version === undefined ? undefined : lineOf(version);
  if (line === undefined) {
    const what = version === undefined ? 'no MetalLB controller was found' : `MetalLB ${version} is not supported`;
    throw new Failure({
      code: 'metallb-not-found',
      retry: 'later',
      message: `${what} in namespace ${namespace} of ${request.reader.description}`,
      remedy: 'Name its namespace with --metallb-namespace, or the release whose rules apply with --metallb-version.',
    });
  }
  return { namespace, profile: `metallb-${line}`, loadBalancerClass: found?.loadBalancerClass, writes: 'any-order' };
}

type Observed = Extract<ObservedAddresses, { readonly state: 'observed' }>;

async function observed(request: ManifestPlanRequest): Promise<Observed> {
  const found = await observeAddresses(request, await rulesOf(request));
  if (found.state === 'unknown') {
    const message = `The manifests can't be planned against ${request.reader.description}: ${found.reason}`;
    throw new Failure({ code: 'cluster-forbidden', retry: 'later', message });
  }
  return found;
}

/** What the files hold of MetalLB's namespace, and Services. MetalLB reads no other namespace, which findings tell. */
function wantedObjects({ set, services, namespace }: ManifestPlanRequest): ReadonlyMap<ObjectKey, KubeObject> {
  const resources = set.resources.map((resource) => objectOfResource(resource, namespace));
  const own = resources.filter((object) => object?.metadata.namespace === namespace);
  const all = [...own, ...services.map((service) => objectOfService(service))];
  return new Map(all.flatMap((object) => (object === undefined ? [] : [[keyOf(object), object] as const])));
}

function deletionsOf(metallb: readonly KubeObject[], wanted: ReadonlyMap<ObjectKey, KubeObject>): readonly Change[] {
  return metallb
    .filter((object) => !wanted.has(keyOf(object)))
    .map((object) => ({
      action: 'delete',
      id: objectIdOf(object),
      step: stepOfObject(objectIdOf(object)),
      apiVersion: object.apiVersion,
      live: { uid: object.metadata.uid ?? '', resourceVersion: object.metadata.resourceVersion ?? '' },
    }));
}

function isLoadBalancer(object: KubeObject | undefined): boolean {
  const spec = object?.['spec'];
  return typeof spec === 'object' && spec !== null && 'type' in spec && spec['type'] === 'LoadBalancer';
}

/** Services that are of type LoadBalancer neither before nor afterwards are nobody's business here. */
function planned(wanted: ReadonlyMap<ObjectKey, KubeObject>, live: ReadonlyMap<ObjectKey, KubeObject>): KubeObject[] {
  return [...wanted]
    .filter(([key, object]) => object.kind !== 'Service' || isLoadBalancer(object) || isLoadBalancer(live.get(key)))
    .map(([, object]) => object);
}

/**
 * What plain manifests do to every Service and pool of a cluster, whoever applies them. Reads lists only and needs nothing of
 * this product in the cluster.
 */
export async function planManifests(request: ManifestPlanRequest): Promise<Plan> {
  const { digest, paths, prune, reader } = request;
  const there = await observed(request);
  const live = new Map([...there.metallb, ...there.workloads].map((object) => [keyOf(object), object]));
  const wanted = wantedObjects(request);
  const manifests = planned(wanted, live).map((object) => ({ step: stepOfObject(objectIdOf(object)), object }));
  const dryRuns = new Map<ObjectKey, DryRunResult>();
  for (const { object } of manifests) {
    const now = live.get(keyOf(object));
    if (now !== undefined) {
      dryRuns.set(keyOf(object), { kind: 'object', object: afterApply(now, object) });
    }
  }
  const input: PlanInput = {
    environment: '',
    revision: '',
    manifests: hashManifests(manifests, digest),
    live,
    inventory: undefined,
    dryRuns,
    missingKinds: new Set(),
    digest,
  };
  const { transition: _transition, ...plan } = makePlan(input);
  const leftovers = prune ? deletionsOf(there.metallb, wanted) : [];
  const changes = [...plan.changes, ...leftovers];
  const addresses = predictAddresses(there, changes, dryRuns);
  const hash = planHash({ ...input, leftovers, rails: [], outcomes: addresses });
  return { ...plan, changes, addresses, manifests: { paths, live: reader.description, prune }, hash };
}
