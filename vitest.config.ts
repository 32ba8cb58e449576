import { defineConfig, type ViteUserConfig } from 'vitest/config';

const seconds = 1_000;

/**
 * Three depths of test. `unit` is the inner loop: pure rules, no network beyond loopback, no root, under 30 s together.
 * `road` runs against real parts (Git, the embedded control plane, the built command line).
 * `plane` needs the real control plane in a network namespace (Linux, root, Go).
 */
const config: ViteUserConfig = defineConfig({
  test: {
    // Vitest leaves a core to itself; its own share is small beside that of the tests.
    maxWorkers: '100%',
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/{domain,engine,adapters,apps,house}/**/*.test.ts'],
          testTimeout: 20 * seconds,
          // Modules are loaded once a worker: no unit test may change what another sees (environment, globals, timers).
          pool: 'threads',
          isolate: false,
        },
      },
      {
        test: {
          name: 'road',
          include: ['test/{scenario,contracts,faults}/**/*.test.ts'],
          testTimeout: 120 * seconds,
          hookTimeout: 120 * seconds,
        },
      },
      {
        test: {
          name: 'plane',
          include: ['test/e2e/**/*.test.ts'],
          testTimeout: 300 * seconds,
          hookTimeout: 600 * seconds,
          fileParallelism: false,
        },
      },
    ],
  },
});

export default config;
