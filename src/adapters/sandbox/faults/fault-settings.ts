/** Faults that the embedded control plane plays on request. */
export interface FaultSettings {
  /** Containers of images with such a part in their names crash and start again. */
  readonly crashingImages: readonly string[];
  /** Nodes of which nothing is heard. */
  readonly nodesDown: readonly string[];
}

export const noFaults: FaultSettings = { crashingImages: [], nodesDown: [] };
