import { isIPv4 } from 'node:net';
import { isJsonObject, textAt, valueAt } from '../../../domain/json.ts';
import { asJson } from '../../../domain/manifest/kube-object.ts';
import type { KubeObject } from '../../../domain/manifest/kube-object.ts';
import type { WebhookClient, WebhookService } from '../../../domain/validating-webhook/webhook.ts';
import { hasCondition } from '../controllers/pod-state.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import { isMetalLb } from '../subresources/simulated-programs.ts';

/** Where a webhook is reached: called there, not at all, or simulated with its pods, and then it allows everything. */
interface WebhookAddress {
  readonly url: string;
  readonly unreachable: string | undefined;
  readonly isSimulated: boolean;
}

/**
 * Nothing but loopback is called. Behind a Service there are simulated pods: those of MetalLB serve its webhook, on the others
 * nobody listens.
 */
export function webhookAddress(store: ObjectStore, { url, service }: WebhookClient): WebhookAddress {
  if (service !== undefined) {
    return addressOfService(store, service);
  }
  const parsed = URL.parse(url ?? '');
  if (parsed === null) {
    return { url: url ?? '', unreachable: 'the URL cannot be read', isSimulated: false };
  }
  const where = `${parsed.hostname} is somewhere else`;
  const unreachable = isLoopback(parsed.hostname)
    ? undefined
    : `the embedded control plane calls webhooks on loopback alone, and ${where}`;
  return { url: url ?? '', unreachable, isSimulated: false };
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || (isIPv4(host) && host.startsWith('127.'));
}

function addressOfService(store: ObjectStore, { namespace, name, port, path }: WebhookService): WebhookAddress {
  const url = `https://${name}.${namespace}.svc:${port}${path}`;
  const found = store.get('services', namespace, name);
  if (found === undefined) {
    return { url, unreachable: `service ${JSON.stringify(name)} not found`, isSimulated: false };
  }
  const address = textAt(asJson(found), 'spec', 'clusterIP') ?? '';
  const isSimulated = store.list('pods', namespace).some((pod) => isBehind(pod, found) && isMetalLb(pod));
  const refused = `dial tcp ${address}:${port}: connect: connection refused`;
  return { url, unreachable: isSimulated ? undefined : refused, isSimulated };
}

function isBehind(pod: KubeObject, service: KubeObject): boolean {
  const selector = valueAt(asJson(service), 'spec', 'selector');
  return (
    hasCondition(pod, 'Ready') &&
    isJsonObject(selector) &&
    Object.entries(selector).every(([key, value]) => pod.metadata.labels?.[key] === value)
  );
}
