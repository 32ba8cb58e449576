import { defineConfig } from 'vitest/config';

/**
 * Three depths of test. `unit` is the inner loop: pure rules, no network beyond loopback, no root, under 30 s together.
 * `road` runs against real parts (Git, the embedded control plane, the built command line).
 * `plane` needs the real control plane in a network namespace (Linux, root, Go).
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/{domain,engine,adapters,apps,house}/**/*.test.ts'],
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'road',
          include: ['test/{scenario,contracts,faults}/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'plane',
          include: ['test/e2e/**/*.test.ts'],
          testTimeout: 300_000,
          hookTimeout: 600_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
