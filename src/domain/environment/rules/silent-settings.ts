import { isJsonObject, listAt, textAt, valueAt } from '../../json.ts';
import { defaultNamespace } from '../metallb-defaults.ts';
import { isSet } from './bgp-peer.ts';
import { parseGoDuration, second } from './go-duration.ts';
import { itemsOf, type RuleContext, type RuleFinding } from './rule.ts';

/** A pool whose `serviceAllocation` names nobody: up to 0.14 nobody is served by itself, later everybody is. */
export function allocationsNameSomebody({ config, profile }: RuleContext): readonly RuleFinding[] {
  return itemsOf(config, 'ipAddressPool').flatMap((pool): readonly RuleFinding[] => {
    const allocation = valueAt(pool.value, 'serviceAllocation');
    const scopes = ['namespaces', 'namespaceSelectors', 'serviceSelectors'];
    if (!isJsonObject(allocation) || scopes.some((scope) => listAt(allocation, scope).length > 0)) {
      return [];
    }
    const path = [...pool.path, 'serviceAllocation'];
    return profile.line === '0.14'
      ? [
          {
            code: 'allocation-by-name-only',
            path,
            message: `serviceAllocation of pool ${pool.name} names no namespace and no selector: MetalLB 0.14 gives such a pool only to Services that ask for it by name.`,
            remedy: 'Add namespaces, namespaceSelectors or serviceSelectors, or remove serviceAllocation.',
          },
        ]
      : [
          {
            code: 'allocation-open',
            path,
            message: `serviceAllocation of pool ${pool.name} names no namespace and no selector: every Service may use the pool, and it is tried before pools without serviceAllocation.`,
            remedy: 'Add namespaces, namespaceSelectors or serviceSelectors, if not all Services are meant.',
          },
        ];
  });
}

/** MetalLB counts a hold time in whole seconds and cuts off the rest: 900ms is no hold timer at all. */
export function holdTimesAreWholeSeconds({ config }: RuleContext): readonly RuleFinding[] {
  return itemsOf(config, 'bgpPeer').flatMap((peer) => {
    const text = textAt(peer.value, 'holdTime') ?? '';
    const time = parseGoDuration(text) ?? 0n;
    return time % second === 0n || (time >= second && time < 3n * second)
      ? []
      : [
          {
            code: 'bgp-hold-time-fraction' as const,
            path: [...peer.path, 'holdTime'],
            message: `holdTime ${text} of the BGP peer ${peer.name} counts as ${String(time / second)}s${time < second ? ', which is no hold timer' : ''}.`,
            remedy: 'Write whole seconds, such as holdTime: 90s.',
          },
        ];
  });
}

/** MetalLB does not pass these on to FRR-K8s, and says nothing. */
export function frrK8sTakesEveryField({ config, profile }: RuleContext): readonly RuleFinding[] {
  if (profile.backend !== 'frr-k8s') {
    return [];
  }
  return itemsOf(config, 'bgpPeer').flatMap((peer) =>
    ['sourceAddress', 'localASN']
      .filter((field) => isSet(peer, field))
      .map((field) => ({
        code: 'bgp-frr-k8s-ignores' as const,
        path: [...peer.path, field],
        message: `MetalLB with the backend frr-k8s drops ${field} of the BGP peer ${peer.name} silently.`,
        remedy: `Remove ${field}, or write metallb.bgp.backend: frr.`,
      })),
  );
}

/** Passwords are looked for in MetalLB's own namespace, whatever the reference says. */
export function passwordSecretsAreNear({ config }: RuleContext): readonly RuleFinding[] {
  const home = textAt(config, 'metallb', 'namespace') ?? defaultNamespace;
  return itemsOf(config, 'bgpPeer').flatMap((peer) => {
    const namespace = textAt(peer.value, 'passwordSecret', 'namespace') ?? '';
    return namespace === '' || namespace === home
      ? []
      : [
          {
            code: 'bgp-password-elsewhere' as const,
            path: [...peer.path, 'passwordSecret', 'namespace'],
            message: `The password of the BGP peer ${peer.name} is to be in namespace ${namespace}; MetalLB looks for it in ${home} alone.`,
            remedy: `Create the Secret in ${home}, and leave namespace out.`,
          },
        ];
  });
}

/** A password in raw FRR configuration stands in the repository, too. The finding never repeats it. */
export function extrasHoldNoPassword({ config }: RuleContext): readonly RuleFinding[] {
  const lines = (textAt(config, 'metallb', 'speaker', 'bgpExtras') ?? '').split('\n');
  return lines.some((line) => /^ *neighbor +[^ ]+ +password +[^ ]/u.test(line))
    ? [
        {
          code: 'bgp-password-clear-text',
          path: ['metallb', 'speaker', 'bgpExtras'],
          message: 'The password of a neighbour stands in clear text in bgpExtras.',
          remedy: 'Declare the neighbour under metallb.bgpPeer with a passwordSecret.',
        },
      ]
    : [];
}
