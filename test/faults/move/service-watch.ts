import { KubeConfig, Watch } from '@kubernetes/client-node';
import { systemClock } from '../../../src/adapters/system/clock.ts';
import type { ClusterState } from '../../road/cluster-state.ts';
import { readServices } from './verdict.ts';

interface WatchedService {
  readonly metadata: { readonly name: string; readonly resourceVersion: string };
  readonly status?: { readonly loadBalancer?: { readonly ingress?: readonly { readonly ip?: string }[] } };
}

const { signal } = new AbortController();

/** Follows every state of the Services in `default`, also one that lasts only a moment. */
export class ServiceWatch {
  private readonly addresses = new Map<string, Set<string>>();
  private readonly versions = new Map<string, string>();
  private stop: () => void = () => undefined;

  static async start(kubeconfig: string): Promise<ServiceWatch> {
    const config = new KubeConfig();
    config.loadFromFile(kubeconfig);
    const watch = new ServiceWatch();
    const request = await new Watch(config).watch(
      '/api/v1/namespaces/default/services',
      {},
      (_phase: string, service: WatchedService) => {
        watch.see(service);
      },
      () => undefined,
    );
    watch.stop = () => {
      request.abort();
    };
    return watch;
  }

  close(): void {
    this.stop();
  }

  /** How many Services had another address, or none, in between. Waits until everything that happened has been seen. */
  async changed(state: ClusterState): Promise<number> {
    for (let tries = 0; !(await this.hasSeen(state)); tries += 1) {
      if (tries > 500) {
        throw new Error('the watch of the Services has ended');
      }
      await systemClock.sleep(20, signal);
    }
    return [...this.addresses.values()].filter((seen) => seen.size > 1).length;
  }

  private see({ metadata: { name, resourceVersion }, status }: WatchedService): void {
    const seen = this.addresses.get(name) ?? new Set();
    this.addresses.set(name, seen.add(status?.loadBalancer?.ingress?.[0]?.ip ?? 'none'));
    this.versions.set(name, resourceVersion);
  }

  private async hasSeen(state: ClusterState): Promise<boolean> {
    const now = await readServices(state);
    return [...now].every(([name, line]) => line.split(' ')[1] === this.versions.get(name));
  }
}
