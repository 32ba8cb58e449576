/** One sentence a kind, for people who ask `kubectl explain`. Fields are not described. */
const sentences: ReadonlyMap<string, string> = new Map([
  ['Namespace', 'A place of its own for the names of objects.'],
  ['Node', 'A machine on which pods run.'],
  ['Pod', 'Containers that run together on one node.'],
  ['Service', 'One address for the pods that a selector finds.'],
  ['ServiceAccount', 'The identity under which the programs of pods ask the API.'],
  ['ConfigMap', 'Configuration as keys with texts.'],
  ['Secret', 'Confidential data as keys with bytes.'],
  ['Event', 'A report of something that happened to an object.'],
  ['Deployment', 'Pods of one template, rolled out step by step when it changes.'],
  ['ReplicaSet', 'A number of pods of one template.'],
  ['DaemonSet', 'One pod of one template on each node.'],
  ['EndpointSlice', 'Addresses behind a Service.'],
  ['Lease', 'A claim that its holder renews.'],
  ['Role', 'Rights within one namespace.'],
  ['ClusterRole', 'Rights in every namespace and on what has none.'],
  ['RoleBinding', 'Gives the rights of a role to subjects, within one namespace.'],
  ['ClusterRoleBinding', 'Gives the rights of a cluster role to subjects.'],
  ['PodDisruptionBudget', 'How many of some pods may be taken away at once.'],
  ['ValidatingAdmissionPolicy', 'Rules in CEL that writes have to pass.'],
  ['ValidatingAdmissionPolicyBinding', 'Where a policy holds, and with which parameters.'],
  ['ValidatingWebhookConfiguration', 'Servers that are asked whether a write may pass.'],
  ['CustomResourceDefinition', 'A kind that is served besides the built-in ones.'],
]);

export function descriptionOf(kind: string): { readonly description?: string } {
  const description = sentences.get(kind);
  return description === undefined ? {} : { description };
}
