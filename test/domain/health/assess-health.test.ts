import { parse } from 'yaml';
import { describe, expect, it } from 'vitest';
import { assessHealth } from '../../../src/domain/health/assess-health.ts';
import { evidenceOf } from '../../../src/domain/health/evidence.ts';
import { explainPods } from '../../../src/domain/health/pod.ts';
import { webhookHealth, webhookReady } from '../../../src/domain/health/webhook.ts';
import type { KubeObject } from '../../../src/domain/manifest/kube-object.ts';

function object(text: string): KubeObject {
  return parse(text) as KubeObject;
}

function health(text: string): string {
  const { status, message } = assessHealth(object(text));
  return `${status}: ${message}`;
}

const deployment = 'apiVersion: apps/v1, kind: Deployment';
const daemonSet = 'apiVersion: apps/v1, kind: DaemonSet';
const statefulSet = 'apiVersion: apps/v1, kind: StatefulSet';
const definition = 'apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: {name: d}';
const rolledOut =
  '[{type: Available, status: "True"}, {type: Progressing, status: "True", reason: NewReplicaSetAvailable}]';

describe('assessHealth', () => {
  it.each([
    [
      'a Deployment nobody has looked at',
      `{${deployment}, metadata: {name: c, generation: 1}, spec: {replicas: 2}}`,
      'InProgress: 0 of 2 replicas made',
    ],
    [
      'a Deployment whose status is of an older spec',
      `{${deployment}, metadata: {name: c, generation: 3}, spec: {replicas: 1}, status: {observedGeneration: 2, replicas: 1, updatedReplicas: 1, readyReplicas: 1, availableReplicas: 1, conditions: ${rolledOut}}}`,
      'InProgress: its controller has seen generation 2 of 3',
    ],
    [
      'a Deployment that rolls',
      `{${deployment}, metadata: {name: c, generation: 1}, spec: {replicas: 3}, status: {observedGeneration: 1, replicas: 3, updatedReplicas: 3, readyReplicas: 2, availableReplicas: 2}}`,
      'InProgress: 2 of 3 replicas ready',
    ],
    [
      'a Deployment with an old replica left',
      `{${deployment}, metadata: {name: c}, spec: {replicas: 1}, status: {replicas: 2, updatedReplicas: 1, readyReplicas: 2, availableReplicas: 2}}`,
      'InProgress: 1 old replicas still to stop',
    ],
    [
      'a Deployment past its deadline',
      `{${deployment}, metadata: {name: c}, status: {conditions: [{type: Progressing, status: "False", reason: ProgressDeadlineExceeded, message: too slow}]}}`,
      'Failed: ProgressDeadlineExceeded: too slow',
    ],
    [
      'a Deployment rolled out',
      `{${deployment}, metadata: {name: c, generation: 1}, spec: {replicas: 1, progressDeadlineSeconds: 600}, status: {observedGeneration: 1, replicas: 1, updatedReplicas: 1, readyReplicas: 1, availableReplicas: 1, conditions: ${rolledOut}}}`,
      'Current: 1 of 1 replicas ready',
    ],
    [
      'a DaemonSet without status',
      `{${daemonSet}, metadata: {name: speaker, generation: 1}}`,
      'InProgress: its controller has not looked at it yet',
    ],
    [
      'a DaemonSet that rolls',
      `{${daemonSet}, metadata: {name: speaker, generation: 1}, status: {observedGeneration: 1, desiredNumberScheduled: 3, currentNumberScheduled: 3, updatedNumberScheduled: 3, numberAvailable: 3, numberReady: 2}}`,
      'InProgress: 2 of 3 speaker pods ready',
    ],
    [
      'a DaemonSet that no node wants',
      `{${daemonSet}, metadata: {name: speaker, generation: 1}, status: {observedGeneration: 1, desiredNumberScheduled: 0}}`,
      'Current: 0 of 0 speaker pods ready',
    ],
    [
      'a StatefulSet that starts',
      `{${statefulSet}, metadata: {name: s}, spec: {replicas: 2}, status: {replicas: 2, readyReplicas: 1}}`,
      'InProgress: 1 of 2 replicas ready',
    ],
    [
      'a StatefulSet above its partition',
      `{${statefulSet}, metadata: {name: s}, spec: {replicas: 3, updateStrategy: {rollingUpdate: {partition: 2}}}, status: {replicas: 3, readyReplicas: 3, updatedReplicas: 1, currentRevision: a, updateRevision: b}}`,
      'Current: 3 of 3 replicas ready',
    ],
    [
      'a StatefulSet on its way to a new revision',
      `{${statefulSet}, metadata: {name: s}, spec: {replicas: 1}, status: {replicas: 1, readyReplicas: 1, updatedReplicas: 0, currentRevision: a, updateRevision: b}}`,
      'InProgress: 0 of 1 replicas updated',
    ],
    ['a new definition', `{${definition}}`, 'InProgress: not established yet'],
    [
      'a definition being installed',
      `{${definition}, status: {conditions: [{type: Established, status: "False", reason: Installing}]}}`,
      'InProgress: not established yet',
    ],
    [
      'a definition with taken names',
      `{${definition}, status: {conditions: [{type: NamesAccepted, status: "False", reason: ListKindConflict}]}}`,
      'Failed: names not accepted: ListKindConflict',
    ],
    [
      'an established definition',
      `{${definition}, status: {conditions: [{type: Established, status: "True"}]}}`,
      'Current: established',
    ],
    [
      'a Service without address',
      '{apiVersion: v1, kind: Service, metadata: {name: s}, spec: {}}',
      'InProgress: has no cluster address yet',
    ],
    [
      'a LoadBalancer that waits for its outer address',
      '{apiVersion: v1, kind: Service, metadata: {name: s}, spec: {type: LoadBalancer, clusterIP: 10.0.0.1}}',
      'Current: has its cluster address; no outer address yet',
    ],
    [
      'a Namespace',
      '{apiVersion: v1, kind: Namespace, metadata: {name: n}, status: {phase: Active}}',
      'Current: active',
    ],
    [
      'a Namespace that goes',
      '{apiVersion: v1, kind: Namespace, metadata: {name: n}, status: {phase: Terminating}}',
      'Terminating: is being deleted',
    ],
    [
      'a Job not started',
      '{apiVersion: batch/v1, kind: Job, metadata: {name: j}, spec: {}}',
      'InProgress: not started yet',
    ],
    [
      'a Job at work',
      '{apiVersion: batch/v1, kind: Job, metadata: {name: j}, spec: {completions: 2}, status: {startTime: now, succeeded: 1}}',
      'Current: running: 1 of 2 done',
    ],
    [
      'a failed Job',
      '{apiVersion: batch/v1, kind: Job, metadata: {name: j}, status: {conditions: [{type: Failed, status: "True", reason: BackoffLimitExceeded}]}}',
      'Failed: BackoffLimitExceeded',
    ],
    [
      'a crash-looping pod',
      '{apiVersion: v1, kind: Pod, metadata: {name: p}, status: {phase: Running, containerStatuses: [{name: speaker, restartCount: 5, state: {waiting: {reason: CrashLoopBackOff}}, lastState: {terminated: {exitCode: 1}}}]}}',
      'Failed: container speaker: CrashLoopBackOff (exit code 1, 5 restarts)',
    ],
    [
      'a pod with no place',
      '{apiVersion: v1, kind: Pod, metadata: {name: p}, status: {phase: Pending, conditions: [{type: PodScheduled, status: "False", reason: Unschedulable, message: no nodes}]}}',
      'InProgress: Unschedulable: no nodes',
    ],
    [
      'a stalled object',
      '{apiVersion: x.io/v1, kind: X, metadata: {name: x}, status: {conditions: [{type: Stalled, status: "True", reason: Broken}]}}',
      'Failed: Broken',
    ],
    [
      'a reconciling object',
      '{apiVersion: x.io/v1, kind: X, metadata: {name: x}, status: {conditions: [{type: Reconciling, status: "True", message: at work}, {type: Ready, status: "True"}]}}',
      'InProgress: at work',
    ],
    [
      'an object that is not ready',
      '{apiVersion: x.io/v1, kind: X, metadata: {name: x}, status: {conditions: [{type: Ready, status: Unknown}]}}',
      'InProgress: not ready: Ready is Unknown',
    ],
    [
      'a pool, which has no conditions',
      '{apiVersion: metallb.io/v1beta1, kind: IPAddressPool, metadata: {name: x}}',
      'Current: is there',
    ],
    [
      'an object being deleted',
      '{apiVersion: v1, kind: ConfigMap, metadata: {name: x, deletionTimestamp: now}}',
      'Terminating: is being deleted since now',
    ],
    [
      'a slice without ready endpoints',
      '{apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {name: x}, endpoints: [{conditions: {ready: false}}]}',
      'InProgress: 0 of 1 endpoints ready',
    ],
  ])('judges %s', (_what, text, expected) => {
    expect(health(text)).toBe(expected);
  });

  it('tells an absent object from a bad one', () => {
    expect(assessHealth(undefined).status).toBe('NotFound');
  });

  it('survives a status of any shape', () => {
    for (const kind of ['Deployment', 'DaemonSet', 'StatefulSet']) {
      expect(
        health(`{apiVersion: apps/v1, kind: ${kind}, metadata: {name: x}, spec: 1, status: [null, {conditions: 3}]}`),
      ).toMatch(/^InProgress/u);
    }
  });
});

describe('webhookHealth', () => {
  const slice = object(
    '{apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {name: s}, endpoints: [{addresses: [a]}]}',
  );
  const hook = (bundle: string): KubeObject =>
    object(
      `{apiVersion: admissionregistration.k8s.io/v1, kind: ValidatingWebhookConfiguration, metadata: {name: w}, webhooks: [{name: a, clientConfig: {service: {name: s}${bundle}}}]}`,
    );

  it('wants the certificate and somebody who answers', () => {
    expect(webhookHealth(undefined, [slice]).status).toBe('NotFound');
    expect(webhookHealth(hook(''), [slice]).message).toContain('1 of 1 webhooks of w wait for their certificate');
    expect(webhookHealth(hook(', caBundle: Zm9v'), []).status).toBe('InProgress');
    expect(webhookHealth(hook(', caBundle: Zm9v'), [slice]).status).toBe('Current');
    expect(webhookReady([])).toBe(false);
  });
});

const crashing = (name: string): KubeObject =>
  object(
    `{apiVersion: v1, kind: Pod, metadata: {name: ${name}}, status: {containerStatuses: [{name: speaker, restartCount: 2, state: {waiting: {reason: ImagePullBackOff, message: no such image}}}]}}`,
  );

describe('evidence', () => {
  it('tells a trouble that pods share once', () => {
    expect(explainPods([crashing('a'), crashing('b'), crashing('c')])).toEqual([
      'pod a and 2 more: container speaker: ImagePullBackOff (2 restarts): no such image',
    ]);
  });

  it('puts pods first, then bad conditions, then the newest warnings; one line each and few', () => {
    const live = object(
      '{apiVersion: apps/v1, kind: DaemonSet, metadata: {name: speaker}, status: {conditions: [{type: Available, status: "False", reason: No}, {type: Good, status: "True"}]}}',
    );
    const event = (at: string, message: string): KubeObject =>
      object(
        `{apiVersion: v1, kind: Event, metadata: {name: e}, type: Warning, reason: Failed, count: 3, lastTimestamp: '${at}', message: ${JSON.stringify(message)}, involvedObject: {kind: Pod, name: a}}`,
      );
    const events = [
      event('2026-01-01T00:00:00Z', 'old'),
      event('2026-01-02T00:00:00Z', 'new\n\u001B[2J line'),
      object('{apiVersion: v1, kind: Event, metadata: {name: n}, type: Normal, message: fine}'),
    ];
    expect(evidenceOf(live, events, [crashing('a')])).toEqual([
      'pod a: container speaker: ImagePullBackOff (2 restarts): no such image',
      'condition Available is False: No',
      'Pod a: Failed (3 times): new [2J line',
      'Pod a: Failed (3 times): old',
    ]);
    const template = event('2026-01-01T00:00:00Z', '');
    const flood = Array.from({ length: 500 }, (_, index) => ({
      ...template,
      message: `${index} ${'x'.repeat(5_000)}`,
    }));
    const lines = evidenceOf(live, flood);
    expect(lines.length).toBeLessThanOrEqual(6);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(240);
  });
});
