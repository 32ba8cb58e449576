/** What proves who we are, for one request. A client certificate belongs to the connection, the headers to the request. */
export interface Credentials {
  readonly headers: Readonly<Record<string, string>>;
  readonly certificate: string | undefined;
  readonly key: string | undefined;
}

/** Where credentials come from: a file, a plugin, or nothing but memory. Throws Failures; never tells what it holds. */
export interface CredentialSource {
  /** What to send now. Cheap to call for every request. */
  current(signal: AbortSignal): Promise<Credentials>;
  /** The server refused these. True where asking again may give others: several requests at once renew them once. */
  refused(sent: Credentials): boolean;
}

/** How to reach one cluster: address, trust and credentials. */
export interface ClusterAccess {
  /** For messages: context and server, without credentials. */
  readonly description: string;
  readonly server: URL;
  readonly ca: string | undefined;
  readonly verifyCertificate: boolean;
  /** The name the server's certificate must carry, where it isn't the server's own. */
  readonly serverName: string | undefined;
  readonly credentials: CredentialSource;
}
