import { connect as connectTcp } from 'node:net';
import { connect as connectTls, createSecureContext, type SecureContext, type TLSSocket } from 'node:tls';
import type { ClusterAccess, Credentials } from './access.ts';
import { endpointOf, isSameCertificate, serverNameOf, tlsOptions } from './connect-options.ts';
import { type HttpLimits, TransportError } from './http-exchange.ts';
import { type ConnectionOwner, type Exchange, ServerConnection } from './server-connection.ts';

/**
 * Connections to one server with one client certificate, or none: kept from exchange to exchange, so many at most, and first
 * come first served where all are busy.
 */
export class ConnectionPool implements ConnectionOwner {
  private readonly access: ClusterAccess;
  private readonly credentials: Credentials;
  private readonly limits: HttpLimits;
  private readonly all = new Set<ServerConnection>();
  /** The one that was used last is taken first, so that those which aren't needed stay idle. */
  private idle: ServerConnection[] = [];
  private readonly waiting: Exchange[] = [];
  /** Certificates are read once, not for each connection. */
  private context: SecureContext | undefined;
  /** Makes the next handshake shorter. */
  private session: Buffer | undefined;
  private isRetired = false;

  constructor(access: ClusterAccess, credentials: Credentials, limits: HttpLimits) {
    this.access = access;
    this.credentials = credentials;
    this.limits = limits;
  }

  /** True where requests of these credentials may go over its connections. */
  serves(credentials: Credentials): boolean {
    return isSameCertificate(credentials, this.credentials);
  }

  send(exchange: Exchange): void {
    const connection = this.idle.pop();
    if (connection !== undefined) {
      connection.begin(exchange);
    } else if (this.all.size < this.limits.connections) {
      this.connect(exchange);
    } else {
      this.waiting.push(exchange);
    }
  }

  /** Nobody waits for it any more. */
  abandon(exchange: Exchange): void {
    const place = this.waiting.indexOf(exchange);
    if (place === -1) {
      for (const connection of this.all) {
        connection.abandon(exchange);
      }
    } else {
      this.waiting.splice(place, 1);
    }
  }

  /** What is under way, or waits, may end in peace; nothing more is begun. */
  retire(): void {
    this.isRetired = true;
    for (const connection of this.idle) {
      connection.destroy();
    }
  }

  /** Ends all connections at once; what waits is still served. */
  destroy(): void {
    this.isRetired = true;
    const connections = [...this.all];
    for (const connection of connections) {
      connection.destroy();
    }
  }

  free(connection: ServerConnection): void {
    const exchange = this.waiting.shift();
    if (exchange !== undefined) {
      connection.begin(exchange);
    } else if (this.isRetired) {
      connection.destroy();
    } else {
      this.idle.push(connection);
    }
  }

  gone(connection: ServerConnection): void {
    this.all.delete(connection);
    this.idle = this.idle.filter((each) => each !== connection);
    const exchange = this.waiting.shift();
    if (exchange !== undefined) {
      this.connect(exchange);
    }
  }

  private connect(exchange: Exchange): void {
    const { largestBody } = this.limits;
    try {
      const socket = this.access.server.protocol === 'http:' ? connectTcp(endpointOf(this.access)) : this.connectTls();
      this.all.add(new ServerConnection(socket, largestBody, this, exchange));
    } catch (error) {
      // A certificate or key that cannot be read.
      exchange.reject(new TransportError('broken', false, error));
    }
  }

  private connectTls(): TLSSocket {
    const servername = serverNameOf(this.access);
    const options = tlsOptions(this.access, this.credentials);
    this.context ??= createSecureContext(options);
    const socket = connectTls({
      ...endpointOf(this.access),
      ...options,
      secureContext: this.context,
      ALPNProtocols: ['http/1.1'],
      ...(servername === undefined ? {} : { servername }),
      ...(this.session === undefined ? {} : { session: this.session }),
    });
    socket.on('session', (session: Buffer) => {
      this.session = session;
    });
    socket.on('error', () => {
      this.session = undefined;
    });
    return socket;
  }
}
