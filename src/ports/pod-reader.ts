/** The HTTP port of a pod. */
export interface PodEndpoint {
  readonly namespace: string;
  readonly name: string;
  readonly port: number;
}

/** What pods say of themselves, read through the API server, so that it works from outside the cluster's network. */
export interface PodReader {
  /**
   * The text at a path of the pod. Throws `pod-unreachable` (retry `now` where the pod may just not be up yet, `later`
   * where asking again won't help) and `cluster-forbidden`.
   */
  podText(pod: PodEndpoint, path: string, signal: AbortSignal): Promise<string>;
}
