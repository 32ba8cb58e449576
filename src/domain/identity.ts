/** Names by which the product is known in a cluster. Decided once, never renamed: changing one orphans what exists. */
export const fieldManager = 'metalwave';
export const stateNamespace = 'metalwave-system';
export const managedByLabel = 'app.kubernetes.io/managed-by';
export const managedByValue = 'metalwave';
export const environmentLabel = 'metalwave.io/environment';
/** On a pool that overlaps another one while addresses change hands; the admission webhook that is rendered lets it pass. */
export const transitionAnnotation = 'metalwave.io/transition';
