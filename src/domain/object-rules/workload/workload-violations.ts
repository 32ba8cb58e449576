import { labelPairViolations } from '../../crd/metadata-rules.ts';
import type { Violation } from '../../crd/violation.ts';
import { isJsonObject, jsonEqual, numberAt, textAt, valueAt } from '../../json.ts';
import type { Json, JsonObject } from '../../json.ts';
import { forbidden, invalidValue, notSupported, required } from '../field-errors.ts';
import { podSpecViolations } from '../pod/pod-violations.ts';
import { nonNegative } from '../pod/probe-violations.ts';
import { selectorViolations, selectsLabels } from '../selector-violations.ts';
import { deploymentStrategy, updateStrategy } from './strategy-violations.ts';

type Kind = 'Deployment' | 'ReplicaSet' | 'DaemonSet';

const words: { readonly [kind in Kind]: string } = {
  Deployment: 'deployment',
  ReplicaSet: 'deployment',
  DaemonSet: 'daemonset',
};

/** What the API server has against a Deployment, a ReplicaSet or a DaemonSet. */
export function workloadViolations(
  kind: Kind,
  object: JsonObject,
  before: JsonObject | undefined,
): readonly Violation[] {
  const spec = valueAt(object, 'spec');
  const selector = valueAt(spec, 'selector');
  const isMoved = before !== undefined && !jsonEqual(valueAt(before, 'spec', 'selector'), selector);
  return [...judged(kind, spec), ...(isMoved ? [invalidValue('spec.selector', selector, 'field is immutable')] : [])];
}

function judged(kind: Kind, spec: Json | undefined): readonly Violation[] {
  const count = (name: string): readonly Violation[] => nonNegative(`spec.${name}`, numberAt(spec, name));
  const selector = selectorOf(kind, valueAt(spec, 'selector'));
  switch (kind) {
    case 'DaemonSet':
      return [
        ...selector,
        ...templateViolations(spec, kind),
        ...count('minReadySeconds'),
        ...updateStrategy(valueAt(spec, 'updateStrategy')),
        ...count('revisionHistoryLimit'),
      ];
    case 'ReplicaSet':
      return [...count('replicas'), ...count('minReadySeconds'), ...selector, ...templateViolations(spec, kind)];
    case 'Deployment':
      return [
        ...count('replicas'),
        ...selector,
        ...templateViolations(spec, kind),
        ...deploymentStrategy(valueAt(spec, 'strategy')),
        ...count('minReadySeconds'),
        ...count('revisionHistoryLimit'),
        ...deadlineViolations(spec),
      ];
  }
}

function selectorOf(kind: Kind, selector: Json | undefined): readonly Violation[] {
  if (selector === undefined) {
    return kind === 'DaemonSet' ? [] : [required('spec.selector')];
  }
  const found = selectorViolations('spec.selector', selector);
  const isEmpty = ['matchLabels', 'matchExpressions'].every((name) => valueAt(selector, name) === undefined);
  const unusable =
    found.length > 0 && kind !== 'DaemonSet' ? [invalidValue('spec.selector', selector, 'invalid label selector')] : [];
  const empty = isEmpty
    ? [invalidValue('spec.selector', selector, `empty selector is invalid for ${words[kind]}`)]
    : [];
  return [...found, ...empty, ...unusable];
}

function templateViolations(spec: Json | undefined, kind: Kind): readonly Violation[] {
  const field = 'spec.template';
  const selector = valueAt(spec, 'selector');
  const labels = valueAt(spec, 'template', 'metadata', 'labels');
  const own = isJsonObject(labels) ? labels : {};
  const isEmpty = ['matchLabels', 'matchExpressions'].every((name) => valueAt(selector, name) === undefined);
  // A selector that cannot be read, or that is empty, is told once.
  const isJudged = selector === undefined || (selectorViolations('', selector).length === 0 && !isEmpty);
  const isSelected = selector !== undefined && selectsLabels(selector, own);
  const policy = textAt(spec, 'template', 'spec', 'restartPolicy') ?? 'Always';
  const deadline = 'activeDeadlineSeconds in ReplicaSet is not Supported';
  return [
    ...(isJudged && !isSelected
      ? [invalidValue(`${field}.metadata.labels`, labels, '`selector` does not match template `labels`')]
      : []),
    ...labelPairViolations(`${field}.labels`, labels),
    ...podSpecViolations(`${field}.spec`, valueAt(spec, 'template', 'spec')),
    ...(policy === 'Always' || !['OnFailure', 'Never'].includes(policy)
      ? []
      : [notSupported(`${field}.spec.restartPolicy`, policy, ['Always'])]),
    ...(kind !== 'DaemonSet' && valueAt(spec, 'template', 'spec', 'activeDeadlineSeconds') !== undefined
      ? [forbidden(`${field}.spec.activeDeadlineSeconds`, deadline)]
      : []),
  ];
}

function deadlineViolations(spec: Json | undefined): readonly Violation[] {
  const field = 'spec.progressDeadlineSeconds';
  const seconds = numberAt(spec, 'progressDeadlineSeconds');
  if (seconds === undefined) {
    return [];
  }
  const ready = numberAt(spec, 'minReadySeconds') ?? 0;
  return [
    ...nonNegative(field, seconds),
    ...(seconds <= ready ? [invalidValue(field, seconds, 'must be greater than minReadySeconds')] : []),
  ];
}
