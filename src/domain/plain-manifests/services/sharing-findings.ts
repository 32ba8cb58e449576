import type { DocumentPlace, Finding } from '../../finding/finding.ts';
import { findingAt } from '../origin.ts';
import { addressKey, type AskedAddress, type ServiceFacts } from './service-facts.ts';

interface Claim {
  readonly facts: ServiceFacts;
  readonly asked: AskedAddress;
}

/**
 * Services that ask for one address must be able to share it: the same sharing key, no port twice, and either the traffic
 * policy Cluster or the same pods. One name twice is one Service. Each is compared with those before it; the first reason is told.
 */
export function sharingFindings(services: readonly ServiceFacts[]): readonly Finding<DocumentPlace>[] {
  const claims = new Map<string, Claim[]>();
  const findings: Finding<DocumentPlace>[] = [];
  for (const facts of services) {
    for (const asked of facts.addresses) {
      const key = addressKey(asked);
      const earlier = claims.get(key) ?? [];
      const refused = earlier.map((claim) => refusal(claim.facts, facts, key)).find((reason) => reason !== undefined);
      if (refused !== undefined) {
        findings.push(findingAt(asked.origin, { code: 'service-sharing', ...refused }));
      }
      // A long list of Services on one address is compared with its first ones only.
      claims.set(key, earlier.length < 50 ? [...earlier, { facts, asked }] : earlier);
    }
  }
  return findings;
}

interface Refusal {
  readonly message: string;
  readonly remedy: string;
}

function refusal(first: ServiceFacts, second: ServiceFacts, address: string): Refusal | undefined {
  const both = `The Services ${first.name} and ${second.name} both ask for ${address}`;
  if (first.name === second.name) {
    return undefined;
  }
  if (first.sharingKey === '' || first.sharingKey !== second.sharingKey) {
    return {
      message: `${both}, without the same sharing key: only one of them gets it.`,
      remedy: 'Give both the annotation metallb.io/allow-shared-ip with one value, or give one another address.',
    };
  }
  const port = second.ports.find((each) => first.ports.includes(each));
  if (port !== undefined) {
    return {
      message: `${both} on port ${port}: only one of them gets it.`,
      remedy: 'Use different ports, or give one of the two another address.',
    };
  }
  if (first.backendKey !== second.backendKey) {
    return {
      message: `${both}, and with externalTrafficPolicy Local that is possible only for the same pods: only one of them gets it.`,
      remedy: 'Write externalTrafficPolicy: Cluster in both, or give one of the two another address.',
    };
  }
  return undefined;
}
