import { readFileSync } from 'node:fs';
import { isIPv6 } from 'node:net';
import { textAt, valueAt } from '../../domain/json.ts';
import type { ClusterAccess, CredentialSource } from './access.ts';
import { credentialsOf, dataOrFile, tokenFileCredentials } from './credentials.ts';
import { kubeconfigFailure, type KubeconfigContext, kubeconfigPaths, readContext } from './kubeconfig.ts';
import { needsPlugin, pluginCredentials } from './plugin-credentials.ts';

export interface AccessOptions {
  /** Path of a kubeconfig; wins over everything else. */
  readonly kubeconfig: string | undefined;
  readonly context: string | undefined;
  /** Use the pod's own service account. */
  readonly inCluster: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Folder of the pod's token and CA. */
  readonly serviceAccountFolder?: string;
}

const defaultServiceAccountFolder = '/var/run/secrets/kubernetes.io/serviceaccount';

function monotonic(): number {
  return performance.now();
}

/**
 * Finds the cluster to speak to, in kubectl's order: the named kubeconfig, the pod's service account where the environment
 * says so, KUBECONFIG, ~/.kube/config, and last the pod's service account. Throws `kubeconfig-invalid`.
 */
export function findAccess(options: AccessOptions): ClusterAccess {
  if (options.inCluster && options.kubeconfig === undefined) {
    return inClusterAccess(options);
  }
  const paths = kubeconfigPaths(options.kubeconfig, options.env);
  if (paths.length > 0) {
    return contextAccess(readContext(paths, options.context));
  }
  if ((options.env['KUBERNETES_SERVICE_HOST'] ?? '') !== '') {
    return inClusterAccess(options);
  }
  throw kubeconfigFailure(
    'There is no kubeconfig: neither --kubeconfig, nor KUBECONFIG, nor ~/.kube/config leads to one',
    'Name the cluster by --kubeconfig PATH, or set KUBECONFIG.',
  );
}

function contextAccess(context: KubeconfigContext): ClusterAccess {
  const { cluster } = context;
  const server = serverUrl(textAt(cluster, 'server') ?? '', context.name);
  if ((textAt(cluster, 'proxy-url') ?? '') !== '') {
    throw kubeconfigFailure(
      `Context "${context.name}" goes through a proxy (proxy-url), which is not supported`,
      'Use a context that reaches the API server directly.',
    );
  }
  return {
    description: `context ${context.name} at ${server.origin}`,
    server,
    ca: dataOrFile(cluster, 'certificate-authority-data', 'certificate-authority'),
    verifyCertificate: valueAt(cluster, 'insecure-skip-tls-verify') !== true,
    serverName: textAt(cluster, 'tls-server-name'),
    credentials: credentialSource(context, server),
  };
}

function credentialSource(context: KubeconfigContext, server: URL): CredentialSource {
  return needsPlugin(context.user)
    ? pluginCredentials(context.user, server.href)
    : credentialsOf(context.user, monotonic);
}

function serverUrl(text: string, context: string): URL {
  const url = URL.parse(text.includes('://') ? text : `https://${text}`);
  if (text === '' || url === null || !['https:', 'http:'].includes(url.protocol)) {
    throw kubeconfigFailure(`The cluster of context "${context}" has no valid server address`, 'Set cluster.server.');
  }
  if (url.username !== '' || url.password !== '') {
    throw kubeconfigFailure(
      `The server address of context "${context}" holds credentials`,
      'Move them to the user entry of the kubeconfig.',
    );
  }
  return url;
}

function inClusterAccess(options: AccessOptions): ClusterAccess {
  const host = options.env['KUBERNETES_SERVICE_HOST'] ?? '';
  const port = options.env['KUBERNETES_SERVICE_PORT'] ?? '443';
  if (host === '') {
    throw kubeconfigFailure(
      'The environment says cluster.inCluster, but this is no pod: KUBERNETES_SERVICE_HOST is not set',
      'Run it in the cluster, or name a kubeconfig by --kubeconfig.',
    );
  }
  const folder = options.serviceAccountFolder ?? defaultServiceAccountFolder;
  let ca: string;
  try {
    ca = readFileSync(`${folder}/ca.crt`, 'utf8');
  } catch (cause) {
    throw kubeconfigFailure(
      `Cannot read the pod's service account in ${folder}`,
      'Give the pod a service account (automountServiceAccountToken).',
      cause,
    );
  }
  const server = new URL(`https://${isIPv6(host) ? `[${host}]` : host}:${port}`);
  return {
    description: `the pod's own cluster at ${server.origin}`,
    server,
    ca,
    verifyCertificate: true,
    serverName: undefined,
    credentials: tokenFileCredentials(`${folder}/token`, monotonic),
  };
}
