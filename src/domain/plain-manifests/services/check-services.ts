import { ruleContext } from '../../environment/rules/rule-context.ts';
import type { DocumentPlace, Finding } from '../../finding/finding.ts';
import type { ManifestSet } from '../manifest-set.ts';
import { findingAt, originBelow } from '../origin.ts';
import { isPlaceholder } from '../placeholders.ts';
import { addressFindings, knownPools } from './address-findings.ts';
import { annotationFindings } from './annotation-findings.ts';
import { annotatedAddresses, isTypeMisspelt, serviceFacts, type ServiceFacts, specAddress } from './service-facts.ts';
import { sharingFindings } from './sharing-findings.ts';

/** What is wrong in the Services of a set, judged together with its pools. Services that MetalLB passes over are not. */
export function serviceFindings(set: ManifestSet): readonly Finding<DocumentPlace>[] {
  const services = set.services.map((service) => serviceFacts(service));
  const served = services.filter((facts) => facts.isServed);
  const pools = knownPools(ruleContext(set.config, undefined));
  return [
    ...services.flatMap((facts) => [...annotationFindings(facts), ...misspeltType(facts)]),
    ...served.flatMap((facts) => [...addressFindings(facts, pools), ...openAddresses(facts)]),
    ...sharingFindings(served),
  ];
}

function misspeltType({ service, name }: ServiceFacts): readonly Finding<DocumentPlace>[] {
  return isTypeMisspelt(service.value)
    ? [
        findingAt(originBelow(service.origin, 'spec', 'type'), {
          code: 'not-allowed-value',
          message: `The Service ${name} has a type that Kubernetes does not know: the API server refuses it.`,
          remedy: 'Did you mean LoadBalancer?',
        }),
      ]
    : [];
}

function openAddresses({ service }: ServiceFacts): readonly Finding<DocumentPlace>[] {
  return [annotatedAddresses(service), specAddress(service)]
    .filter((text) => text !== undefined)
    .filter(({ text }) => isPlaceholder(text))
    .map(({ text, origin }) =>
      findingAt(origin, {
        code: 'placeholder',
        message: `${text} is a placeholder: it is not judged.`,
        remedy: 'Validate what the deploying tool makes of it, such as the output of kustomize build or flux build.',
      }),
    );
}
