import type { PoolUsage } from '../../domain/allocation/native/pool-usage.ts';
import { type MetricFamily, plainMetric } from '../../domain/metrics/metric-family.ts';
import type { AllocationState } from './allocation-state.ts';
import type { ControllerFigures } from './controller-figures.ts';

/** What is measured at the moment of asking. */
export interface ControllerGauges {
  readonly state: AllocationState;
  readonly figures: ControllerFigures;
  readonly depth: number;
  readonly queuedEvents: number;
  readonly isLeading: boolean;
  /** Seconds since each watch last heard of its server, by kind. */
  readonly staleness: readonly (readonly [kind: string, seconds: number])[];
}

const perPool: readonly (readonly [name: string, help: string, of: (usage: PoolUsage) => bigint])[] = [
  ['addresses_total', 'Addresses of the pool.', ({ ipv4, ipv6 }) => ipv4.total + ipv6.total],
  ['ipv4_addresses_total', 'IPv4 addresses of the pool.', ({ ipv4 }) => ipv4.total],
  ['ipv6_addresses_total', 'IPv6 addresses of the pool.', ({ ipv6 }) => ipv6.total],
  ['addresses_in_use_total', 'Addresses of the pool that are in use.', ({ ipv4, ipv6 }) => ipv4.inUse + ipv6.inUse],
  ['ipv4_addresses_in_use_total', 'IPv4 addresses of the pool that are in use.', ({ ipv4 }) => ipv4.inUse],
  ['ipv6_addresses_in_use_total', 'IPv6 addresses of the pool that are in use.', ({ ipv6 }) => ipv6.inUse],
];

function poolFamilies({ pools, allocator }: AllocationState): readonly MetricFamily[] {
  const usages = (pools.config?.pools ?? []).flatMap(({ name }) => allocator.usage(name) ?? []);
  return perPool.map(([name, help, of]) => ({
    type: 'gauge',
    name: `metallb_allocator_${name}`,
    help,
    samples: usages.map((usage) => ({ labels: { pool: usage.pool }, value: Number(of(usage)) })),
  }));
}

/** Names that MetalLB's dashboards and alerts know, with MetalLB's meaning. */
function upstreamFamilies({ state, figures }: ControllerGauges): readonly MetricFamily[] {
  const isLoaded = state.pools.config !== undefined;
  const isStale = state.pools.refusal !== undefined;
  return [
    plainMetric('counter', 'metallb_k8s_client_updates_total', 'Services that were looked at.', figures.decisions),
    plainMetric(
      'counter',
      'metallb_k8s_client_update_errors_total',
      'Services whose write failed and is tried again.',
      figures.updateErrors,
    ),
    plainMetric(
      'gauge',
      'metallb_k8s_client_config_loaded_bool',
      '1 once a configuration was taken.',
      Number(isLoaded),
    ),
    plainMetric(
      'gauge',
      'metallb_k8s_client_config_stale_bool',
      '1 while the configuration that stands is refused and an earlier one counts.',
      Number(isStale),
    ),
    ...poolFamilies(state),
  ];
}

function own(type: 'counter' | 'gauge', name: string, help: string, value: number): MetricFamily {
  return plainMetric(type, `metalwave_controller_${name}`, help, value);
}

/** Every metric of the controller. */
export function controllerMetrics(gauges: ControllerGauges): readonly MetricFamily[] {
  const { figures, staleness } = gauges;
  return [
    ...upstreamFamilies(gauges),
    own('gauge', 'leading', '1 while this process allocates.', Number(gauges.isLeading)),
    own('gauge', 'queue_depth', 'Services that wait to be looked at or written.', gauges.depth),
    own('counter', 'services_published_total', 'Writes of the status of Services.', figures.published),
    own(
      'counter',
      'publish_conflicts_total',
      'Writes that met a later state of their Service.',
      figures.publishConflicts,
    ),
    own('counter', 'claims_written_total', 'Claims that were made durable.', figures.claimsWritten),
    own('counter', 'claim_conflicts_total', 'Claims that were refused or failed.', figures.claimsRefused),
    own('gauge', 'events_queued', 'Events that wait to be told.', gauges.queuedEvents),
    own(
      'counter',
      'events_dropped_total',
      'Events that found no room, or could not be written.',
      figures.eventsDropped,
    ),
    {
      type: 'gauge',
      name: 'metalwave_controller_watch_staleness_seconds',
      help: 'Seconds since the API server last showed that what is known of a kind is current.',
      samples: staleness.map(([kind, value]) => ({ labels: { kind }, value })),
    },
    {
      type: 'histogram',
      name: 'metalwave_controller_publish_seconds',
      help: 'Seconds from the decision on an address to its publication.',
      samples: [{ labels: {}, value: figures.latency }],
    },
  ];
}
