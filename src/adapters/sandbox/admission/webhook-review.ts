import { isJsonObject, listAt, textAt } from '../../../domain/json.ts';
import type { Json, JsonObject } from '../../../domain/json.ts';
import { asJson } from '../../../domain/manifest/kube-object.ts';
import type { AdmissionRequest } from '../../../domain/validating-policy/admission-request.ts';
import type { AskRights } from '../../../domain/validating-policy/authorizer-value.ts';
import { isAdmissionControl } from '../../../domain/validating-policy/match-rules.ts';
import { admissionReview, judgeAnswer } from '../../../domain/validating-webhook/admission-review.ts';
import type { Denial, Judgement } from '../../../domain/validating-webhook/admission-review.ts';
import { matchWebhook } from '../../../domain/validating-webhook/matched-webhook.ts';
import { decodeWebhooks } from '../../../domain/validating-webhook/webhook.ts';
import type { Webhook } from '../../../domain/validating-webhook/webhook.ts';
import { StatusError, badRequest } from '../answers/status-error.ts';
import type { KindRegistry } from '../kinds/kind-registry.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import { refusedReply } from './refused-reply.ts';
import { webhookAddress } from './webhook-address.ts';
import type { CallWebhook } from './webhook-call.ts';

const collection = 'validatingwebhookconfigurations.admissionregistration.k8s.io';

interface WebhookParts {
  readonly store: ObjectStore;
  readonly registry: KindRegistry;
  readonly newUid: () => string;
  readonly call: CallWebhook;
}

/** A webhook that has a say in a write, and the version in which it is shown it. */
interface AskedWebhook {
  readonly webhook: Webhook;
  readonly version: string;
}

/** What the webhooks say to a write: the refusal of the first that refuses it, and what the writer is told besides. */
export interface Verdict {
  readonly refusal: StatusError | undefined;
  readonly warnings: readonly string[];
}

/** The validating webhooks in the store. Decoded once, until one of their configurations is written. */
export class WebhookReview {
  readonly #parts: WebhookParts;
  #webhooks: readonly Webhook[] | undefined;

  constructor(parts: WebhookParts) {
    this.#parts = parts;
    parts.store.subscribe((change) => {
      if (change.collection === collection) {
        this.#webhooks = undefined;
      }
    });
  }

  get isIdle(): boolean {
    return this.#all().length === 0;
  }

  /** The webhooks that are to be asked about a write. Throws where a condition of one cannot be told. */
  asked(request: AdmissionRequest, ask: AskRights): readonly AskedWebhook[] {
    if (isAdmissionControl(request)) {
      return [];
    }
    const others = (): readonly string[] => this.#versionsBeside(request);
    return this.#all().flatMap((webhook) => {
      const matched = matchWebhook(webhook, request, others, ask);
      if (matched === undefined) {
        return [];
      }
      if ('objection' in matched) {
        throw forbidden(request, matched.objection.message);
      }
      return [{ webhook, version: matched.version }];
    });
  }

  /** Asks them all at once. */
  async verdict(request: AdmissionRequest, options: JsonObject, asked: readonly AskedWebhook[]): Promise<Verdict> {
    const found = await Promise.all(asked.map(async (one) => this.#ask(request, options, one)));
    return {
      refusal: found.find(({ refusal }) => refusal !== undefined)?.refusal,
      warnings: found.flatMap(({ warnings }) => warnings),
    };
  }

  async #ask(request: AdmissionRequest, options: JsonObject, { webhook, version }: AskedWebhook): Promise<Verdict> {
    const { name, canDryRun, ignoresFailures } = webhook;
    if (request.dryRun && !canDryRun) {
      const refusal = badRequest(`admission webhook ${JSON.stringify(name)} does not support dry run`);
      return { refusal, warnings: [] };
    }
    const uid = this.#parts.newUid();
    const review = admissionReview(request, { uid, version, options });
    const judgement = await this.#judge(webhook, uid, review);
    if ('mistake' in judgement) {
      return { refusal: ignoresFailures ? undefined : uncalled(name, judgement.mistake), warnings: [] };
    }
    const { denial, warnings } = judgement;
    return { refusal: denial === undefined ? undefined : denied(denial), warnings };
  }

  async #judge({ name, client, timeoutSeconds }: Webhook, uid: string, review: JsonObject): Promise<Judgement> {
    const { url, unreachable, isSimulated } = webhookAddress(this.#parts.store, client);
    if (isSimulated) {
      return { denial: undefined, warnings: [] };
    }
    const asked = `${url}?timeout=${timeoutSeconds}s`;
    const failed = (why: string): Judgement => ({
      mistake: `failed to call webhook: Post ${JSON.stringify(asked)}: ${why}`,
    });
    if (unreachable !== undefined) {
      return failed(unreachable);
    }
    const authorities = Buffer.from(client.caBundle, 'base64').toString();
    if (authorities !== '' && !authorities.includes('-----BEGIN CERTIFICATE-----')) {
      const why = 'unable to load root certificates: unable to parse bytes as PEM block';
      return { mistake: `could not get REST client: ${why}` };
    }
    const timeoutMs = timeoutSeconds * 1000;
    const reply = await this.#parts.call({ url: asked, body: JSON.stringify(review), authorities, timeoutMs });
    if ('failure' in reply) {
      return failed(reply.failure);
    }
    const refused = refusedReply(reply);
    const answer = refused === undefined ? readJson(reply.text) : undefined;
    return answer === undefined
      ? { mistake: `failed to call webhook: ${refused ?? 'the answer is no JSON'}` }
      : judgeAnswer(name, uid, answer);
  }

  #all(): readonly Webhook[] {
    this.#webhooks ??= this.#parts.store.list(collection).flatMap((object) => decodeWebhooks(asJson(object)));
    return this.#webhooks;
  }

  #versionsBeside({ group, version, resource }: AdmissionRequest): readonly string[] {
    return this.#parts.registry
      .all()
      .filter((kind) => kind.group === group && kind.resource === resource && kind.version !== version)
      .map((kind) => kind.version);
  }
}

function readJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

function forbidden({ group, resource, name }: AdmissionRequest, why: string): StatusError {
  const type = group === '' ? resource : `${resource}.${group}`;
  const details = { name, ...(group === '' ? {} : { group }), kind: resource };
  return new StatusError(403, 'Forbidden', `${type} ${JSON.stringify(name)} is forbidden: ${why}`, details);
}

function uncalled(name: string, mistake: string): StatusError {
  const message = `failed calling webhook ${JSON.stringify(name)}: ${mistake}`;
  const text = `Internal error occurred: ${message}`;
  return new StatusError(500, 'InternalError', text, { causes: [{ message }] });
}

function denied({ code, reason, message, details }: Denial): StatusError {
  const texts = ['name', 'group', 'kind'].flatMap((field) => {
    const text = textAt(details, field);
    return text === undefined ? [] : [[field, text] as const];
  });
  const causes = listAt(details, 'causes').filter((one) => isJsonObject(one));
  const known = { ...Object.fromEntries(texts), ...(causes.length === 0 ? {} : { causes }) };
  return new StatusError(code, reason, message, details === undefined ? undefined : known);
}
