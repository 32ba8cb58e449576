import { numberAt, textAt } from '../json.ts';
import { asJson, type KubeObject } from '../manifest/kube-object.ts';
import { conditionsOf, explain, type Condition } from './conditions.ts';
import { explainPods } from './pod.ts';

const linesShown = 6;
const longestLine = 240;

/** Conditions that tell of trouble when they are true; all others do when they are false. */
const abnormalWhenTrue: ReadonlySet<string> = new Set([
  'Stalled',
  'Reconciling',
  'ReplicaFailure',
  'Failed',
  'NetworkUnavailable',
  'NamespaceDeletionDiscoveryFailure',
  'NamespaceDeletionContentFailure',
  'NamespaceDeletionGroupVersionParsingFailure',
  'NamespaceContentRemaining',
  'NamespaceFinalizersRemaining',
]);

function isBad({ type, status }: Condition): boolean {
  return abnormalWhenTrue.has(type) ? status === 'True' : status !== 'True';
}

/** One printable line: what the cluster says may hold line breaks and control characters, and may be long. */
function oneLine(text: string): string {
  const flat = text.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
  return flat.length <= longestLine ? flat : `${flat.slice(0, longestLine - 1)}…`;
}

function badConditions(object: KubeObject): readonly string[] {
  return conditionsOf(object)
    .filter((condition) => isBad(condition))
    .map((condition) => `condition ${condition.type} is ${condition.status}: ${explain(condition)}`);
}

/** When an event was seen last. The API has three places for it, the newer form first. */
function lastSeen(event: KubeObject): string {
  const root = asJson(event);
  const times = [textAt(root, 'series', 'lastObservedTime'), textAt(root, 'lastTimestamp'), textAt(root, 'eventTime')];
  return times.find((time) => time !== undefined) ?? event.metadata.creationTimestamp ?? '';
}

function newestFirst(left: KubeObject, right: KubeObject): number {
  const [a, b] = [lastSeen(left), lastSeen(right)];
  if (a === b) {
    return 0;
  }
  return a < b ? 1 : -1;
}

function eventLine(event: KubeObject): string {
  const root = asJson(event);
  const kind = textAt(root, 'involvedObject', 'kind') ?? textAt(root, 'regarding', 'kind') ?? 'object';
  const name = textAt(root, 'involvedObject', 'name') ?? textAt(root, 'regarding', 'name') ?? '?';
  const count = numberAt(root, 'count') ?? numberAt(root, 'series', 'count') ?? 1;
  const reason = textAt(root, 'reason') ?? 'Warning';
  const message = textAt(root, 'message') ?? textAt(root, 'note') ?? '';
  return `${kind} ${name}: ${reason}${count > 1 ? ` (${count} times)` : ''}${message === '' ? '' : `: ${message}`}`;
}

/**
 * Why an object is not healthy, by what the cluster says about it: troubles of its pods, bad conditions, then the newest
 * warnings of its own and of its pods. One line each, few lines.
 */
export function evidenceOf(
  object: KubeObject,
  events: readonly KubeObject[],
  pods: readonly KubeObject[] = [],
): readonly string[] {
  const warnings = events.filter((event) => textAt(asJson(event), 'type') === 'Warning').toSorted(newestFirst);
  const lines = [...explainPods(pods), ...badConditions(object), ...warnings.map((event) => eventLine(event))];
  return [...new Set(lines.map((line) => oneLine(line)))].slice(0, linesShown);
}
