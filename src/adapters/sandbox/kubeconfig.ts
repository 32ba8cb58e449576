/** A kubeconfig with one context, `sandbox`, as JSON, which every kubeconfig reader takes. */
export function kubeconfigFor(access: {
  readonly url: string;
  readonly token: string;
  readonly certificate: string;
}): string {
  const authority = Buffer.from(access.certificate).toString('base64');
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'sandbox', cluster: { server: access.url, 'certificate-authority-data': authority } }],
    users: [{ name: 'sandbox', user: { token: access.token } }],
    contexts: [{ name: 'sandbox', context: { cluster: 'sandbox', user: 'sandbox' } }],
    'current-context': 'sandbox',
  };
  return `${JSON.stringify(config, undefined, 2)}\n`;
}
