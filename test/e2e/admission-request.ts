import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import type { Plane } from '../plane/plane.ts';

/** What the API server says to a create that it isn't asked to keep. */
export interface Answer {
  readonly status: number;
  /** Why it refuses; empty where it doesn't. */
  readonly message: string;
  readonly warnings: string;
}

const folders: { readonly [kind: string]: string } = {
  IPAddressPool: '/apis/metallb.io/v1beta1/namespaces/metallb-system/ipaddresspools',
  L2Advertisement: '/apis/metallb.io/v1beta1/namespaces/metallb-system/l2advertisements',
  BGPAdvertisement: '/apis/metallb.io/v1beta1/namespaces/metallb-system/bgpadvertisements',
  Community: '/apis/metallb.io/v1beta1/namespaces/metallb-system/communities',
  BGPPeer: '/apis/metallb.io/v1beta2/namespaces/metallb-system/bgppeers',
  Service: '/api/v1/namespaces/default/services',
};

/** Asks for a dry-run create of such an object named `asked`. */
export async function askToCreate(
  plane: Pick<Plane, 'server' | 'adminToken' | 'ca'>,
  kind: string,
  body: object,
): Promise<Answer> {
  const folder = folders[kind];
  if (folder === undefined) {
    throw new Error(`no folder for ${kind}`);
  }
  const apiVersion = folder.startsWith('/api/') ? 'v1' : folder.split('/').slice(2, 4).join('/');
  const text = JSON.stringify({ apiVersion, kind, ...body });
  const headers = { authorization: `Bearer ${plane.adminToken}`, 'content-type': 'application/json' };
  const options = { method: 'POST', ca: readFileSync(plane.ca), headers, timeout: 20_000 };
  return new Promise((resolve, reject) => {
    const sent = request(`${plane.server}${folder}?dryRun=All`, options, (response) => {
      let answer = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        answer += chunk;
      });
      response.on('end', () => {
        const { message } = JSON.parse(answer) as { readonly message?: string };
        const { warning } = response.headers;
        resolve({
          status: response.statusCode ?? 0,
          message: message ?? '',
          warnings: [warning ?? []].flat().join('\n'),
        });
      });
      response.on('error', reject);
    });
    sent.on('error', reject);
    sent.on('timeout', () => {
      sent.destroy(new Error('the API server does not answer'));
    });
    sent.end(text);
  });
}
