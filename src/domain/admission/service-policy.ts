import { isAddress } from './address-cel.ts';
import type { AdmissionPolicy } from './admission-policy.ts';
import { literal } from './cel.ts';

const annotation = (prefix: string): string => literal(`${prefix}/loadBalancerIPs`);

/** The newer prefix wins, even where its value is empty. */
const asked = ['metallb.io', 'metallb.universe.tf'].reduceRight(
  (rest, prefix) =>
    `(${annotation(prefix)} in variables.annotations ? variables.annotations[${annotation(prefix)}] : ${rest})`,
  "''",
);

const field = 'object.spec.loadBalancerIP';
const isFieldSet = `(has(${field}) && ${field} != '')`;

/**
 * Services that ask for addresses in words nobody can read get none. MetalLB says so in an event, later; the API server can
 * say it to whoever writes the Service. It refuses nothing: Services belong to others.
 */
export function servicePolicy(loadBalancerClass: string | undefined): AdmissionPolicy {
  const isOurs =
    loadBalancerClass === undefined
      ? '!has(object.spec.loadBalancerClass)'
      : `has(object.spec.loadBalancerClass) && object.spec.loadBalancerClass == ${literal(loadBalancerClass)}`;
  return {
    group: '',
    version: 'v1',
    resource: 'services',
    action: 'Warn',
    scope: 'everywhere',
    conditions: [
      { name: 'is-served', expression: `has(object.spec.type) && object.spec.type == 'LoadBalancer' && ${isOurs}` },
    ],
    variables: [
      { name: 'annotations', expression: 'has(object.metadata.annotations) ? object.metadata.annotations : {}' },
      { name: 'asked', expression: asked },
      { name: 'texts', expression: "variables.asked == '' ? [] : variables.asked.split(',').map(text, text.trim())" },
      { name: 'unread', expression: `variables.texts.filter(text, !${isAddress('text')})` },
    ],
    rules: [
      {
        expression: 'variables.unread.size() == 0',
        message: 'loadBalancerIPs holds no IP addresses: this Service gets none',
        messageExpression: `'loadBalancerIPs asks for something that is no IP address: "' + variables.unread.join('", "') + '"; this Service gets no address'`,
      },
      {
        expression:
          "variables.texts.size() <= 1 || variables.texts.size() == 2 && variables.texts[0].contains(':') != variables.texts[1].contains(':')",
        message: 'loadBalancerIPs asks for more than one address of a family: this Service gets none',
      },
      {
        expression: `!${isFieldSet} || ${isAddress(field)}`,
        message: 'spec.loadBalancerIP is no IP address: this Service gets none',
      },
      {
        expression: `!${isFieldSet} || variables.asked == ''`,
        message: 'addresses are asked for both by annotation and by spec.loadBalancerIP: this Service gets none',
      },
    ],
  };
}
