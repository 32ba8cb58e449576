import { listAt, numberAt, textAt, valueAt } from '../json.ts';
import type { Json } from '../json.ts';
import { namedAt } from '../validating-policy/match-conditions.ts';
import type { Named } from '../validating-policy/match-conditions.ts';
import type { MatchConstraints } from '../validating-policy/match-rules.ts';

/** What the match conditions of a webhook may speak of. */
export const conditionVariables: readonly string[] = ['object', 'oldObject', 'request', 'authorizer'];

/** Where a webhook is served: at a URL, or by a Service. */
export interface WebhookClient {
  readonly url: string | undefined;
  readonly service: WebhookService | undefined;
  /** Base64 of the PEM of who may have signed its certificate; '' for the authorities of the system. */
  readonly caBundle: string;
}

export interface WebhookService {
  readonly namespace: string;
  readonly name: string;
  readonly port: number;
  readonly path: string;
}

/** One webhook of a ValidatingWebhookConfiguration, ready to be asked. */
export interface Webhook {
  readonly name: string;
  /** Rules are compared exactly: whether other versions count is `seesEveryVersion`'s to say. */
  readonly constraints: MatchConstraints;
  readonly seesEveryVersion: boolean;
  readonly conditions: readonly Named[];
  /** Whether a write passes that it cannot be asked about. */
  readonly ignoresFailures: boolean;
  readonly canDryRun: boolean;
  readonly timeoutSeconds: number;
  readonly client: WebhookClient;
}

const defaultTimeout = 10;
const withoutEffect: ReadonlySet<string> = new Set(['None', 'NoneOnDryRun']);

export function decodeWebhooks(configuration: Json): readonly Webhook[] {
  return listAt(configuration, 'webhooks').map((one) => ({
    name: textAt(one, 'name') ?? '',
    constraints: {
      rules: listAt(one, 'rules'),
      excluded: [],
      namespaceSelector: valueAt(one, 'namespaceSelector'),
      objectSelector: valueAt(one, 'objectSelector'),
      isExact: true,
    },
    seesEveryVersion: textAt(one, 'matchPolicy') !== 'Exact',
    conditions: namedAt(one, 'matchConditions', conditionVariables),
    ignoresFailures: textAt(one, 'failurePolicy') === 'Ignore',
    canDryRun: withoutEffect.has(textAt(one, 'sideEffects') ?? ''),
    timeoutSeconds: numberAt(one, 'timeoutSeconds') ?? defaultTimeout,
    client: decodeClient(valueAt(one, 'clientConfig')),
  }));
}

function decodeClient(client: Json | undefined): WebhookClient {
  const service = valueAt(client, 'service');
  return {
    url: textAt(client, 'url'),
    service:
      service === undefined
        ? undefined
        : {
            namespace: textAt(service, 'namespace') ?? '',
            name: textAt(service, 'name') ?? '',
            port: numberAt(service, 'port') ?? 443,
            path: textAt(service, 'path') ?? '',
          },
    caBundle: textAt(client, 'caBundle') ?? '',
  };
}
