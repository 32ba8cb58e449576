import { decodeService, type ServiceView } from '../../../src/domain/allocation/service-view.ts';
import type { KubeObject } from '../../../src/domain/manifest/kube-object.ts';
import type { ApiClient } from '../../contracts/kube-api/api-client.ts';
import type { NamespaceCase, PoolCase, ServiceCase } from '../allocation-cases.ts';
import type { ServiceEdit } from './sequences.ts';

const ours = 'metallb.io';
const older = 'metallb.universe.tf';
const annotationNames = ['address-pool', 'loadBalancerIPs', 'allow-shared-ip'];
/** In a merge patch: no text of MetalLB's is left but those that follow. */
const noAnnotations = Object.fromEntries(
  [ours, older].flatMap((prefix) => annotationNames.map((name) => [`${prefix}/${name}`, null])),
);

/** One controller's part of the cluster: its pools, and the Services of its class. */
export interface Side {
  /** Begins the names of its Services. */
  readonly prefix: string;
  readonly poolNamespace: string;
  readonly lbClass: string | undefined;
}

/** Writes and reads what the two sides of a lane are compared on. */
export class OracleCluster {
  private readonly api: ApiClient;
  readonly namespaces: readonly string[];

  constructor(api: ApiClient, namespaces: readonly string[]) {
    this.api = api;
    this.namespaces = namespaces;
  }

  async createNamespace(name: string): Promise<void> {
    await this.write('POST', '/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  }

  /** MetalLB's controller from 0.16 on wants to find itself. */
  async createControllerPod(namespace: string): Promise<void> {
    const spec = { containers: [{ name: 'main', image: 'example.invalid/metallb:1' }] };
    const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'controller' }, spec };
    await this.write('POST', `/api/v1/namespaces/${namespace}/pods`, pod);
  }

  async label({ name, labels }: NamespaceCase): Promise<void> {
    await this.patch(`/api/v1/namespaces/${name}`, { metadata: { labels } });
  }

  /** Its whole spec takes the place of the one before. A server-side apply would make null of a mapping that becomes empty. */
  async applyPool({ poolNamespace }: Side, { name, spec }: PoolCase): Promise<void> {
    const path = poolsPath(poolNamespace);
    const { code } = await this.api.call({ method: 'GET', path: `${path}/${name}` });
    if (code === 404) {
      const body = { apiVersion: 'metallb.io/v1beta1', kind: 'IPAddressPool', metadata: { name }, spec };
      await this.write('POST', path, body);
    } else {
      const patch = [{ op: 'replace', path: '/spec', value: spec }];
      await this.write('PATCH', `${path}/${name}`, patch, 'application/json-patch+json');
    }
  }

  async removePool({ poolNamespace }: Side, name: string): Promise<void> {
    await this.write('DELETE', `${poolsPath(poolNamespace)}/${name}`, undefined);
  }

  async createService(side: Side, { name, namespace, labels, annotations, spec }: ServiceCase): Promise<void> {
    const { loadBalancerClass: _, ...rest } = spec;
    const body = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: `${side.prefix}-${name}`, labels, annotations },
      spec: { ...rest, ...classOf(side) },
    };
    await this.write('POST', servicesPath(namespace), body);
  }

  async editService(side: Side, { name, namespace }: ServiceCase, edit: ServiceEdit): Promise<void> {
    const { annotations, labels, spec } = edit;
    const type = spec?.['type'];
    const patch = {
      metadata: {
        ...(annotations === undefined ? {} : { annotations: { ...noAnnotations, ...annotations } }),
        ...(labels === undefined ? {} : { labels }),
      },
      spec: {
        ...spec,
        ...(type === 'LoadBalancer' ? classOf(side) : {}),
        ...(type === 'ClusterIP' ? { externalTrafficPolicy: null } : {}),
      },
    };
    await this.patch(`${servicesPath(namespace)}/${side.prefix}-${name}`, patch);
  }

  async deleteService(side: Side, { name, namespace }: ServiceCase): Promise<void> {
    await this.write('DELETE', `${servicesPath(namespace)}/${side.prefix}-${name}`, undefined);
  }

  /** The Services of all sides. */
  async services(namespaces: readonly string[] = this.namespaces): Promise<readonly ServiceView[]> {
    const lists = await Promise.all(
      namespaces.map(async (namespace) => this.api.call({ method: 'GET', path: servicesPath(namespace) })),
    );
    return lists
      .flatMap(({ body }) => (body as { readonly items: readonly KubeObject[] }).items)
      .map((item) => decodeService({ ...item, apiVersion: 'v1', kind: 'Service' }));
  }

  private async patch(path: string, body: unknown): Promise<void> {
    await this.write('PATCH', path, body, 'application/merge-patch+json');
  }

  private async write(
    method: 'POST' | 'PATCH' | 'DELETE',
    path: string,
    body: unknown,
    type = 'application/json',
  ): Promise<void> {
    const { code, text } = await this.api.call({ method, path, body, type });
    if (code >= 300) {
      throw new Error(`${method} ${path} answered ${code}: ${text.slice(0, 400)}`);
    }
  }
}

function classOf({ lbClass }: Side): { readonly loadBalancerClass?: string } {
  return lbClass === undefined ? {} : { loadBalancerClass: lbClass };
}

function poolsPath(namespace: string): string {
  return `/apis/metallb.io/v1beta1/namespaces/${namespace}/ipaddresspools`;
}

function servicesPath(namespace: string): string {
  return `/api/v1/namespaces/${namespace}/services`;
}
