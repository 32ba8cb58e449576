import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fixedCredentials } from '../../../src/adapters/kube/credentials.ts';
import { KubeCluster } from '../../../src/adapters/kube/kube-cluster.ts';
import { isFailure } from '../../../src/domain/failure.ts';
import { json, type Reply, type ScriptedServer, startScriptedServer } from './scripted-server.ts';

const { signal } = new AbortController();
const pod = { namespace: 'metallb-system', name: 'controller-x', port: 7472 };
let server: ScriptedServer;
let cluster: KubeCluster;

beforeAll(async () => {
  server = await startScriptedServer();
  cluster = new KubeCluster({
    description: 'test',
    server: new URL(server.url),
    ca: server.ca,
    verifyCertificate: true,
    serverName: undefined,
    credentials: fixedCredentials({ headers: {}, certificate: undefined, key: undefined }),
  });
});
afterAll(async () => {
  cluster.close();
  await server.stop();
});

function text(status: number, body: string): Reply {
  return (_request, response) => {
    response.writeHead(status, { 'content-type': 'text/plain' });
    response.end(body);
  };
}

describe('what a pod says, through the API server', () => {
  it('is its answer as text', async () => {
    server.replies(text(200, 'metallb_k8s_client_config_loaded_bool 1\n'));
    expect(await cluster.podText(pod, '/metrics', signal)).toContain('loaded_bool 1');
    expect(server.received.at(-1)?.url).toBe('/api/v1/namespaces/metallb-system/pods/controller-x:7472/proxy/metrics');
  });

  it.each<[string, Reply, string, string]>([
    ['no right to ask', json(403, { kind: 'Status', message: 'forbidden' }), 'cluster-forbidden', 'later'],
    ['the pod asks who we are', text(401, 'Unauthorized'), 'pod-unreachable', 'later'],
    ['the pod refuses by itself', text(403, 'Forbidden'), 'pod-unreachable', 'later'],
    ['no such pod', json(404, { kind: 'Status', message: 'pods "x" not found' }), 'pod-unreachable', 'later'],
    ['nobody listens', json(503, { kind: 'Status', message: 'dial tcp: refused' }), 'pod-unreachable', 'now'],
    ['it fails', text(500, 'oops'), 'pod-unreachable', 'now'],
  ])('is a failure where %s', async (_case, reply, code, retry) => {
    server.replies(reply);
    const failure = await cluster.podText(pod, '/metrics', signal).catch((error: unknown) => error);
    expect(isFailure(failure)).toBe(true);
    expect(failure).toMatchObject({ code, retry });
  });
});
