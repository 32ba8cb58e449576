import { patterns } from '../../src/domain/metallb/patterns.ts';
import { closedObject, flag, integer, type JsonSchema, list, text, withTitles } from './json-schema.ts';
import { metalLbLists } from './metallb-lists.ts';
import { monitoringSchema } from './monitoring-schema.ts';
import { servicesSchema } from './services-schema.ts';
import { promotionSchema, syncSchema } from './sync-schema.ts';
import { controllerOnly, workloadDefinitions, workloadSettings } from './workload-schema.ts';

const smallest = { metallb: { ipAddressPool: [{ name: 'default', addresses: ['192.168.1.220-192.168.1.250'] }] } };

const name = (description: string, more: Partial<JsonSchema> = {}): JsonSchema =>
  text(description, { pattern: patterns.dnsLabel.pattern, maxLength: 63, ...more });

const addresses = (description: string, sample: string): JsonSchema =>
  list(description, text('A prefix or a range.'), { default: [], examples: [[sample]] });

const cluster = closedObject('The cluster the environment runs in. Without it the current context of the kubeconfig.', {
  context: text('Context of the kubeconfig.', { minLength: 1, examples: ['dev'] }),
  inCluster: flag('The cluster that the program itself runs in.', false),
});

const network = closedObject('The network the addresses live in. What is declared here is checked against the pools.', {
  subnets: addresses('Subnets of the nodes.', '192.168.1.0/24'),
  gateway: text('Address of the default gateway.', { examples: ['192.168.1.1'] }),
  dhcp: addresses('What a DHCP server hands out.', '192.168.1.100-192.168.1.199'),
  reserved: addresses('What belongs to something else.', '192.168.1.2-192.168.1.20'),
  podCIDRs: addresses('Addresses of pods.', '10.42.0.0/16'),
  serviceCIDRs: addresses('Cluster addresses of Services.', '10.43.0.0/16'),
});

const speaker = closedObject('The speaker: announces addresses, one pod a node.', {
  ...workloadSettings('speaker'),
  frr: closedObject("FRR beside the speaker; the specification's name for `bgp.backend: frr`.", {
    enabled: { type: 'boolean', description: 'true is `bgp.backend: frr`, false is `native`.', examples: [false] },
    image: text('Image of FRR. Without it the one that belongs to the version.', {
      pattern: patterns.image.pattern,
      examples: ['quay.io/frrouting/frr:9.1.0'],
    }),
  }),
  excludedInterfaces: list(
    'Interfaces that are never announced on, as regular expressions. Without it the usual virtual ones.',
    text('A regular expression.', { minLength: 1 }),
    { examples: [['^docker.*', '^cni.*']] },
  ),
  ignoreExcludeLabel: flag(
    'Announce from nodes labelled node.kubernetes.io/exclude-from-external-load-balancers too.',
    false,
  ),
  memberlist: closedObject('How speakers notice that one of them is gone.', {
    enabled: flag('Whether they watch each other.', true),
    port: integer('Port they use (TCP and UDP).', { minimum: 1, maximum: 65_535, default: 7946 }),
  }),
  bgpExtras: text('FRR configuration appended as it stands (backend frr).', { examples: ['bgp graceful-shutdown'] }),
});

function metallb(lists: { readonly [key: string]: JsonSchema }): JsonSchema {
  return closedObject('MetalLB: its programs, its resources, its monitoring.', {
    engine: text("Which programs run: upstream's, or Metalwave's own, which read the same resources.", {
      enum: ['upstream', 'native'],
      default: 'upstream',
    }),
    version: text('Release of MetalLB. Write it in quotes.', {
      pattern: patterns.version.pattern,
      default: '0.15.2',
      examples: ['0.16.1'],
    }),
    install: flag('false: MetalLB is there already, and only its resources are managed.', true),
    namespace: name('Namespace of MetalLB.', { default: 'metallb-system' }),
    bgp: closedObject('BGP.', {
      backend: text('What speaks BGP. frr-k8s must be there already.', {
        enum: ['native', 'frr', 'frr-k8s'],
        default: 'native',
      }),
    }),
    loadBalancerClass: text('Serve only Services of this class. Without it those without a class.', {
      pattern: patterns.loadBalancerClass.pattern,
      examples: ['metallb.io/internal'],
    }),
    imagePullPolicy: text('When nodes pull the images.', {
      enum: ['Always', 'IfNotPresent', 'Never'],
      default: 'IfNotPresent',
    }),
    imagePullSecrets: list(
      'Secrets in the namespace with which images are pulled.',
      text('Name of a Secret.', { pattern: patterns.objectName.pattern }),
      {
        default: [],
        examples: [['registry']],
      },
    ),
    controller: closedObject('The controller: gives addresses to Services.', {
      ...workloadSettings('controller'),
      ...controllerOnly,
    }),
    speaker,
    monitoring: monitoringSchema,
    ...lists,
  });
}

/** The published schema of `environments/<name>/config-<name>.yaml`. */
export function environmentSchema(): JsonSchema & { readonly $schema: string; readonly $id: string } {
  const { properties, definitions } = metalLbLists();
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: 'https://metalwave.io/schemas/environment.schema.json',
    ...withTitles({
      title: 'Metalwave environment',
      ...closedObject(
        'One environment: the load balancing of one cluster.',
        {
          environment: name("Name of the environment. Without it the folder's name.", { examples: ['dev'] }),
          cluster,
          network,
          sync: syncSchema,
          promotion: promotionSchema,
          services: servicesSchema,
          metallb: metallb(properties),
        },
        { required: ['metallb'], examples: [smallest] },
      ),
      definitions: { ...definitions, ...workloadDefinitions },
    }),
  };
}
