import type { ConnectionOptions } from 'node:tls';
import type { ClusterAccess, Credentials } from './access.ts';

/** Where the server is. */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

export function endpointOf({ server }: ClusterAccess): Endpoint {
  const standard = server.protocol === 'http:' ? 80 : 443;
  return { host: server.hostname.replace(/^\[|\]$/gu, ''), port: server.port === '' ? standard : Number(server.port) };
}

/** How a connection of these credentials proves who we are and whom it trusts. */
export function tlsOptions(access: ClusterAccess, { certificate, key }: Credentials): ConnectionOptions {
  return {
    rejectUnauthorized: access.verifyCertificate,
    ...(access.ca === undefined ? {} : { ca: access.ca }),
    ...(access.serverName === undefined ? {} : { servername: access.serverName }),
    ...(certificate === undefined ? {} : { cert: certificate, key }),
  };
}

/** A client certificate is bound to the connection, so another one needs other connections. */
export function isSameCertificate(one: Credentials, other: Credentials): boolean {
  return one.certificate === other.certificate && one.key === other.key;
}
