import type { Ownership } from '../merge/ownership.ts';

/**
 * Who a writer is, seen from whether it comes back by itself:
 * - own: we.
 * - hand: a person's tool, or the server's name for writers it never recorded. It acts when someone runs it.
 * - controller: a program that writes again whenever it sees a difference, or one that nobody knows. Never taken from.
 */
export type ManagerRole = 'own' | 'hand' | 'controller';

interface KnownManager {
  readonly pattern: RegExp;
  readonly role: ManagerRole;
  readonly title: string;
}

/** Names as the programs send them in `fieldManager` or the user agent. */
const known: readonly KnownManager[] = [
  { pattern: /^metalwave$/u, role: 'own', title: 'Metalwave' },
  { pattern: /^kubectl-client-side-apply$/u, role: 'hand', title: 'kubectl apply' },
  { pattern: /^kubectl(?:-[a-z-]+)?$/u, role: 'hand', title: 'kubectl' },
  { pattern: /^before-first-apply$/u, role: 'hand', title: 'writers before the first server-side apply' },
  { pattern: /^helm$/u, role: 'hand', title: 'Helm' },
  { pattern: /^k9s$/u, role: 'hand', title: 'k9s' },
  { pattern: /^ansible$/u, role: 'hand', title: 'Ansible' },
  { pattern: /^(?:Terraform|HashiCorp)$/u, role: 'hand', title: 'Terraform' },
  { pattern: /^argocd-(?:controller|application-controller|server)$/u, role: 'controller', title: 'Argo CD' },
  { pattern: /^(?:kustomize-controller|flux-client-side-apply|flux)$/u, role: 'controller', title: 'Flux' },
  { pattern: /^helm-controller$/u, role: 'controller', title: "Flux's helm-controller" },
  { pattern: /^(?:kapp|kapp-server|kapp-controller)$/u, role: 'controller', title: 'kapp' },
  { pattern: /^kluctl/u, role: 'controller', title: 'kluctl' },
  { pattern: /^(?:configsync|configmanagement)/u, role: 'controller', title: 'Config Sync' },
  { pattern: /^deploy@/u, role: 'controller', title: "k3s' or RKE2's deploy controller" },
  { pattern: /^kube-(?:controller-manager|apiserver|scheduler)$/u, role: 'controller', title: 'Kubernetes' },
];

/** What is known of a manager's name; nothing for a stranger, who counts as a controller. */
export function managerTitle(manager: string): string | undefined {
  return known.find(({ pattern }) => pattern.test(manager))?.title;
}

/** The role of a writer. Our own name is ours only as an applier: an update under it was made by somebody else. */
export function roleOf(owner: Pick<Ownership, 'manager' | 'operation' | 'subresource'>): ManagerRole {
  const role = known.find(({ pattern }) => pattern.test(owner.manager))?.role ?? 'controller';
  if (role === 'own') {
    return owner.operation === 'Apply' && owner.subresource === '' ? 'own' : 'hand';
  }
  return role;
}

/** Managers from which fields may be taken: people's tools, and those of which someone says that they no longer run. */
export function mayTakeFrom(owner: Ownership, letGo: ReadonlySet<string>): boolean {
  const role = roleOf(owner);
  return owner.subresource === '' && role !== 'own' && (role === 'hand' || letGo.has(owner.manager));
}
