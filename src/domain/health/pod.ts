import { listAt, numberAt, textAt, valueAt, type Json } from '../json.ts';
import { asJson, type KubeObject } from '../manifest/kube-object.ts';
import { conditionOf, explain } from './conditions.ts';
import type { Health } from './health.ts';

/** Reasons for waiting that are steps on the way; all others tell of trouble. */
const ordinaryWaits: ReadonlySet<string> = new Set(['ContainerCreating', 'PodInitializing']);
const linesShown = 4;

function statusesOf(pod: KubeObject): readonly Json[] {
  const root = asJson(pod);
  return [...listAt(root, 'status', 'initContainerStatuses'), ...listAt(root, 'status', 'containerStatuses')];
}

/** `exit code 1 (OOMKilled)`, of the container's last end. */
function lastEnd(status: Json): string | undefined {
  const code =
    numberAt(status, 'lastState', 'terminated', 'exitCode') ?? numberAt(status, 'state', 'terminated', 'exitCode');
  const reason = textAt(status, 'lastState', 'terminated', 'reason') ?? textAt(status, 'state', 'terminated', 'reason');
  if (code === undefined) {
    return undefined;
  }
  return reason === undefined || reason === 'Error' ? `exit code ${code}` : `exit code ${code}, ${reason}`;
}

/** `CrashLoopBackOff (exit code 1, 5 restarts)`; the kubelet's own words only where no exit code explains it. */
function waitingTrouble(status: Json, reason: string): string {
  const restarts = numberAt(status, 'restartCount') ?? 0;
  const end = lastEnd(status);
  const facts = [...(end === undefined ? [] : [end]), ...(restarts > 0 ? [`${restarts} restarts`] : [])];
  const message = textAt(status, 'state', 'waiting', 'message');
  const said = end === undefined && message !== undefined ? `: ${message}` : '';
  return `${reason}${facts.length === 0 ? '' : ` (${facts.join(', ')})`}${said}`;
}

function containerTrouble(status: Json): string | undefined {
  const name = textAt(status, 'name') ?? '?';
  const waits = textAt(status, 'state', 'waiting', 'reason');
  if (waits !== undefined && !ordinaryWaits.has(waits)) {
    return `container ${name}: ${waitingTrouble(status, waits)}`;
  }
  const ended = numberAt(status, 'state', 'terminated', 'exitCode') ?? 0;
  return ended === 0 ? undefined : `container ${name} ended with ${lastEnd(status) ?? `exit code ${ended}`}`;
}

function podTrouble(pod: KubeObject): string | undefined {
  const scheduled = conditionOf(pod, 'PodScheduled');
  if (scheduled?.status === 'False') {
    return explain(scheduled);
  }
  const troubles = statusesOf(pod)
    .map((status) => containerTrouble(status))
    .filter((trouble) => trouble !== undefined);
  if (troubles.length > 0) {
    return troubles.join('; ');
  }
  const root = asJson(pod);
  if (textAt(root, 'status', 'phase') !== 'Failed') {
    return undefined;
  }
  const parts = [textAt(root, 'status', 'reason'), textAt(root, 'status', 'message')].filter(
    (part) => part !== undefined,
  );
  return parts.length === 0 ? 'failed' : `failed: ${parts.join(': ')}`;
}

/** Why pods do not run: one line for each trouble, with the pods that share it; nothing where all is well. Bounded. */
export function explainPods(pods: readonly KubeObject[]): readonly string[] {
  const byTrouble = new Map<string, string[]>();
  for (const pod of pods) {
    const trouble = podTrouble(pod);
    if (trouble !== undefined) {
      byTrouble.set(trouble, [...(byTrouble.get(trouble) ?? []), pod.metadata.name]);
    }
  }
  const lines = [...byTrouble].map(([trouble, [first = '', ...others]]) => {
    const pod = others.length === 0 ? `pod ${first}` : `pod ${first} and ${others.length} more`;
    return `${pod}: ${trouble}`;
  });
  return lines.slice(0, linesShown);
}

function crashLoops(pod: KubeObject): boolean {
  return statusesOf(pod).some((status) => textAt(status, 'state', 'waiting', 'reason') === 'CrashLoopBackOff');
}

/** A pod is good when it is ready or has done its work; one whose container crash-loops has failed. */
export function podHealth(pod: KubeObject): Health {
  const root = asJson(pod);
  const phase = textAt(root, 'status', 'phase') ?? 'Pending';
  const trouble = podTrouble(pod);
  if (phase === 'Succeeded') {
    return { status: 'Current', message: 'has ended well' };
  }
  if (phase === 'Failed' || crashLoops(pod)) {
    return { status: 'Failed', message: trouble ?? 'failed' };
  }
  if (phase === 'Running' && conditionOf(pod, 'Ready')?.status === 'True') {
    return { status: 'Current', message: 'ready' };
  }
  const containers = listAt(root, 'status', 'containerStatuses');
  const ready = containers.filter((status) => valueAt(status, 'ready') === true).length;
  return { status: 'InProgress', message: trouble ?? `${phase}: ${ready} of ${containers.length} containers ready` };
}
