/** Names by which the product is known in a cluster. Decided once, never renamed: changing one orphans what exists. */
export const fieldManager = 'metalwave';
export const stateNamespace = 'metalwave-system';
export const managedByLabel = 'app.kubernetes.io/managed-by';
export const managedByValue = 'metalwave';
export const environmentLabel = 'metalwave.io/environment';
