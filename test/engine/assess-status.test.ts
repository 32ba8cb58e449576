import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { Failure } from '../../src/domain/failure.ts';
import type { KubeObject } from '../../src/domain/manifest/kube-object.ts';
import type { Manifest } from '../../src/domain/manifest/manifest.ts';
import { plainPalette } from '../../src/domain/palette.ts';
import type { EnvironmentStatus } from '../../src/domain/report/environment-status.ts';
import { printStatus, statusJson } from '../../src/domain/report/print-status.ts';
import { assessStatus } from '../../src/engine/assess-status.ts';
import { anEnvironment } from '../domain/environment/an-environment.ts';
import { deploy } from './deploy.ts';
import { manualClock } from './manual-clock.ts';
import { memoryCluster, type MemoryCluster } from './memory-cluster.ts';

const namespace = 'metallb-system';
const pool: KubeObject = {
  apiVersion: 'metallb.io/v1beta1',
  kind: 'IPAddressPool',
  metadata: { name: 'default', namespace, labels: { 'metalwave.io/environment': 'dev' } },
  spec: { addresses: ['10.0.0.0/28'] },
};
const manifests: readonly Manifest[] = [{ step: 'pools', object: pool }];
const controller: KubeObject = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'controller-1', namespace, labels: { app: 'metallb', component: 'controller' } },
  spec: { nodeName: 'node-1' },
  status: { conditions: [{ type: 'Ready', status: 'True' }] },
};

function state(status: string, summary = ''): KubeObject {
  return {
    apiVersion: 'metallb.io/v1beta1',
    kind: 'ConfigurationState',
    metadata: { name: 'controller', namespace },
    status: { errorSummary: summary, conditions: [{ type: 'x', status, reason: 'ConfigurationError' }] },
  };
}

function text(status: EnvironmentStatus): string {
  return printStatus(status, { paint: plainPalette, at: 'now', all: false });
}

describe('a status', () => {
  let cluster: MemoryCluster;

  beforeEach(async () => {
    cluster = memoryCluster();
    await deploy({ cluster, clock: manualClock(), environment: anEnvironment(), manifests });
    cluster.put(controller);
  });

  async function look(): Promise<EnvironmentStatus> {
    return assessStatus({
      reader: cluster,
      clock: manualClock(),
      digest: (text) => createHash('sha256').update(text).digest('hex'),
      signal: new AbortController().signal,
      environment: 'dev',
      revision: 'r1',
      manifests,
      metallb: anEnvironment().metallb,
    });
  }

  it('says that MetalLB has taken the configuration', async () => {
    cluster.put(state('True'));
    const status = await look();
    expect(status).toMatchObject({ sync: 'Synced', health: 'Healthy', programs: [{ health: 'Healthy' }] });
    expect(text(status)).toContain('1 of 1 programs say that they have taken the configuration');
  });

  it("is Degraded where MetalLB refuses it, in MetalLB's own words", async () => {
    cluster.put(state('False', 'pools overlap'));
    const status = await look();
    expect(status).toMatchObject({ sync: 'Synced', health: 'Degraded' });
    expect(text(status)).toMatch(/Degraded {2}Pod controller-1 on node-1: refuses .*pools overlap/u);
    expect(statusJson(status)).toMatchObject({ programs: [{ component: 'controller', health: 'Degraded' }] });
  });

  it('names who cannot be asked, and does not take it for ill', async () => {
    cluster.served = (_apiVersion, kind) => kind !== 'ConfigurationState';
    cluster.pages = () => {
      throw new Failure({ code: 'cluster-forbidden', retry: 'later', message: 'not allowed' });
    };
    const status = await look();
    expect(status).toMatchObject({ health: 'Healthy', programs: [{ health: 'Unknown' }] });
    expect(text(status)).toContain('cannot be asked: not allowed');
  });

  it('does not take a stale gauge for a refusal: it is stale after a return to the last good configuration, too', async () => {
    cluster.served = (_apiVersion, kind) => kind !== 'ConfigurationState';
    cluster.pages = () => 'metallb_k8s_client_config_loaded_bool 1\nmetallb_k8s_client_config_stale_bool 1\n';
    expect(await look()).toMatchObject({ health: 'Healthy', programs: [{ health: 'Unknown' }] });
  });

  it('shows the use of pools where MetalLB counts it', async () => {
    const live = [...cluster.objects.values()].find(({ kind }) => kind === 'IPAddressPool') ?? pool;
    cluster.put({ ...live, status: { assignedIPv4: 3, availableIPv4: 13, assignedIPv6: 0, availableIPv6: 0 } });
    expect(text(await look())).toContain('pool default: 3 of 16 IPv4 addresses in use');
  });
});
