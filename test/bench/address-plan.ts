import { decodeClusterViews } from '../../src/domain/address-plan/address-plan-input.ts';
import { decodeMetallbObjects, type MetallbObjects } from '../../src/domain/address-plan/metallb-objects.ts';
import { planAddresses } from '../../src/domain/address-plan/plan-addresses.ts';
import type { KubeObject } from '../../src/domain/manifest/kube-object.ts';
import { type BenchRow, median, milliseconds } from './measure.ts';

const poolCount = 1000;
const servicesEach = 10;
const limitMs = 300;

function block(pool: number): string {
  return `10.${pool >> 6}.${(pool & 63) * 4}`;
}

/** Every tenth pool loses the lower half of what is in use when it is cut. */
function pools(cut: boolean): MetallbObjects {
  return decodeMetallbObjects(
    Array.from({ length: poolCount }, (_, index): KubeObject => {
      const first = cut && index % 10 === 0 ? 5 : 0;
      const serviceAllocation = { priority: 10, namespaces: [`tenant-${index}`] };
      return {
        apiVersion: 'metallb.io/v1beta1',
        kind: 'IPAddressPool',
        metadata: { name: `pool-${index}` },
        spec: { addresses: [`${block(index)}.${first}-${block(index)}.40`], serviceAllocation },
      };
    }),
  );
}

function services(): readonly KubeObject[] {
  return Array.from({ length: poolCount * servicesEach }, (_, index): KubeObject => {
    const pool = Math.floor(index / servicesEach);
    return {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: `service-${index}`, namespace: `tenant-${pool}` },
      spec: { type: 'LoadBalancer', clusterIPs: ['10.96.0.1'], ports: [{ port: 80, protocol: 'TCP' }] },
      status: { loadBalancer: { ingress: [{ ip: `${block(pool)}.${index % servicesEach}` }] } },
    };
  });
}

/** What a change of a hundred pools does to 10,000 Services over 1,000 pools, values in, plan out. */
export function benchAddressPlan(): readonly BenchRow[] {
  const views = decodeClusterViews(services());
  const [before, after] = [pools(false), pools(true)];
  const times = Array.from({ length: 7 }, () => {
    const started = performance.now();
    const plan = planAddresses({ before, after, ...views, profile: 'metallb-0.15' });
    const moved = plan.services.filter(({ verdict }) => verdict === 'moved').length;
    if (moved !== (poolCount / 10) * 5 || !plan.exact) {
      throw new Error(`the plan moves ${moved} Services${plan.exact ? '' : ', and is not exact'}`);
    }
    return performance.now() - started;
  });
  const time = median(times.slice(1));
  return [
    {
      what: 'address plan of 10,000 Services over 1,000 pools',
      ours: milliseconds(time),
      alternative: 'none plans addresses',
      ratio: undefined,
      target: `<= ${limitMs} ms`,
      reached: time <= limitMs,
    },
  ];
}
