import { configPath } from '../road/config-repository.ts';

/** Addresses of each pool, by its name. */
export interface Pools {
  readonly [name: string]: readonly string[];
}

/** An environment with these pools, all of them named by one advertisement; `metallb` adds to its settings. */
export function poolsConfig(pools: Pools, metallb: object = {}): Readonly<Record<string, string>> {
  const value = {
    sync: { impactBudget: { services: 0 } },
    metallb: {
      ...metallb,
      ipAddressPool: Object.entries(pools).map(([name, addresses]) => ({ name, addresses })),
      l2Advertisement: [{ name: 'l2', ipAddressPools: Object.keys(pools) }],
    },
  };
  return { [configPath('dev')]: `${JSON.stringify(value, undefined, 2)}\n` };
}

export const firstPools: Pools = { one: ['10.30.0.0/30'], two: ['10.30.1.0/30'] };

/** Each takes over from the one before; no address goes out of use. */
export const poolMoves: readonly (readonly [string, Pools])[] = [
  ['a pool under a new name', { uno: ['10.30.0.0-10.30.0.3'], two: ['10.30.1.0/30'] }],
  ['a split', { uno: ['10.30.0.0/31'], dos: ['10.30.0.2/31'], two: ['10.30.1.0/30'] }],
  ['pools that exchange their addresses', { uno: ['10.30.1.0/30'], dos: ['10.30.0.2/31'], two: ['10.30.0.0/31'] }],
];
