import { labelPairViolations } from '../../crd/metadata-rules.ts';
import { labelValue, labelName, qualifiedName, subdomainName } from '../../crd/name-rules.ts';
import type { Violation } from '../../crd/violation.ts';
import { isJsonObject, listAt, numberAt, textAt, valueAt } from '../../json.ts';
import type { Json } from '../../json.ts';
import { duplicate, forbidden, invalidValue, named, notSupported, oneOf, required } from '../field-errors.ts';
import { containerViolations, lifeViolations } from './container-violations.ts';

const longestDeadline = 2_147_483_647;
const dnsPolicies = ['ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None'];
const effects = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

/** What the API server has against the spec of a pod, or of a template for pods, at this field. */
export function podSpecViolations(field: string, spec: Json | undefined): readonly Violation[] {
  const deadline = numberAt(spec, 'activeDeadlineSeconds');
  const isTimely = deadline === undefined || (deadline >= 1 && deadline <= longestDeadline);
  return [
    ...volumeViolations(`${field}.volumes`, listAt(spec, 'volumes')),
    ...containersOf(field, spec),
    ...oneOf(`${field}.restartPolicy`, textAt(spec, 'restartPolicy'), ['Always', 'OnFailure', 'Never']),
    ...oneOf(`${field}.dnsPolicy`, textAt(spec, 'dnsPolicy'), dnsPolicies),
    ...labelPairViolations(`${field}.nodeSelector`, valueAt(spec, 'nodeSelector')),
    ...hostPorts(field, spec),
    ...optional(`${field}.serviceAccountName`, textAt(spec, 'serviceAccountName'), subdomainName),
    ...optional(`${field}.nodeName`, textAt(spec, 'nodeName'), subdomainName),
    ...(isTimely
      ? []
      : [
          invalidValue(
            `${field}.activeDeadlineSeconds`,
            deadline,
            `must be between 1 and ${longestDeadline}, inclusive`,
          ),
        ]),
    ...optional(`${field}.hostname`, textAt(spec, 'hostname'), labelName),
    ...optional(`${field}.subdomain`, textAt(spec, 'subdomain'), labelName),
    ...listAt(spec, 'tolerations').flatMap((one, index) => tolerationViolations(`${field}.tolerations[${index}]`, one)),
  ];
}

function optional(field: string, text: string | undefined, rule: typeof labelName): readonly Violation[] {
  return text === undefined || text === '' ? [] : named(field, text, rule);
}

function containersOf(field: string, spec: Json | undefined): readonly Violation[] {
  const volumes = new Set(listAt(spec, 'volumes').map((volume) => textAt(volume, 'name') ?? ''));
  const containers = listAt(spec, 'containers');
  const starters = listAt(spec, 'initContainers');
  const names = [...containers, ...starters].map((one) => textAt(one, 'name') ?? '');
  const judge = (list: string, container: Json, index: number, place: number): readonly Violation[] => {
    const at = `${field}.${list}[${index}]`;
    const name = names[place] ?? '';
    const isStarter = list === 'initContainers' && textAt(container, 'restartPolicy') !== 'Always';
    return [
      ...containerViolations(at, container, volumes),
      ...(name !== '' && names.indexOf(name) < place ? [duplicate(`${at}.name`, name)] : []),
      ...lifeViolations(at, container, isStarter),
    ];
  };
  return [
    ...(containers.length === 0 ? [required(`${field}.containers`)] : []),
    ...containers.flatMap((container, index) => judge('containers', container, index, index)),
    ...starters.flatMap((one, index) => judge('initContainers', one, index, containers.length + index)),
  ];
}

/** In the network of its node a container's port is the node's. */
function hostPorts(field: string, spec: Json | undefined): readonly Violation[] {
  if (valueAt(spec, 'hostNetwork') !== true) {
    return [];
  }
  const rule = 'must match `containerPort` when `hostNetwork` is true';
  return listAt(spec, 'containers').flatMap((container, place) =>
    listAt(container, 'ports').flatMap((port, index) => {
      const host = numberAt(port, 'hostPort') ?? 0;
      const at = `${field}.containers[${place}].ports[${index}].hostPort`;
      return host === numberAt(port, 'containerPort') ? [] : [invalidValue(at, host, rule)];
    }),
  );
}

function volumeViolations(field: string, volumes: readonly Json[]): readonly Violation[] {
  const names = volumes.map((volume) => textAt(volume, 'name') ?? '');
  return volumes.flatMap((volume, index) => {
    const at = `${field}[${index}]`;
    const name = names[index] ?? '';
    const isTwice = name !== '' && names.indexOf(name) < index;
    return [
      ...sourceViolations(at, volume),
      ...(name === '' ? [required(`${at}.name`)] : named(`${at}.name`, name, labelName)),
      ...(isTwice ? [duplicate(`${at}.name`, name)] : []),
    ];
  });
}

const requiredOfSource: { readonly [source: string]: string } = {
  configMap: 'name',
  secret: 'secretName',
  hostPath: 'path',
  persistentVolumeClaim: 'claimName',
};

function sourceViolations(field: string, volume: Json): readonly Violation[] {
  const [first, ...more] = Object.keys(isJsonObject(volume) ? volume : {})
    .filter((name) => name !== 'name')
    .toSorted((left, right) => sourceOrder.indexOf(left) - sourceOrder.indexOf(right));
  if (first === undefined) {
    return [required(field, 'must specify a volume type')];
  }
  const needed = requiredOfSource[first];
  const lacks = needed !== undefined && (textAt(volume, first, needed) ?? '') === '';
  return [
    ...(lacks ? [required(`${field}.${first}.${needed}`)] : []),
    ...more.map((name) => forbidden(`${field}.${name}`, 'may not specify more than 1 volume type')),
  ];
}

const sourceOrder = [
  'emptyDir',
  'hostPath',
  'gitRepo',
  'secret',
  'nfs',
  'persistentVolumeClaim',
  'downwardAPI',
  'configMap',
];

function tolerationViolations(field: string, toleration: Json): readonly Violation[] {
  const text = (name: string): string => textAt(toleration, name) ?? '';
  const isAny = text('key') === '' && text('operator') !== 'Exists';
  const every = 'operator must be Exists when `key` is empty, which means "match all values and all keys"';
  const isTimed = valueAt(toleration, 'tolerationSeconds') !== undefined && text('effect') !== 'NoExecute';
  return [
    ...(text('key') === '' ? [] : named(`${field}.key`, text('key'), qualifiedName)),
    ...(isAny ? [invalidValue(`${field}.operator`, text('operator'), every)] : []),
    ...(isTimed
      ? [invalidValue(`${field}.effect`, text('effect'), "effect must be 'NoExecute' when `tolerationSeconds` is set")]
      : []),
    ...operatorViolations(`${field}.operator`, text('operator'), text('value')),
    ...(text('effect') === '' || effects.includes(text('effect'))
      ? []
      : [notSupported(`${field}.effect`, text('effect'), effects)]),
  ];
}

function operatorViolations(field: string, operator: string, value: string): readonly Violation[] {
  if (operator === '' || operator === 'Equal') {
    const rules = labelValue(value);
    return rules.length === 0 ? [] : [invalidValue(field, value, rules.join(';'))];
  }
  if (operator === 'Exists') {
    return value === '' ? [] : [invalidValue(field, value, "value must be empty when `operator` is 'Exists'")];
  }
  return [notSupported(field, operator, ['Equal', 'Exists'])];
}

/** A pod as such may name no image with blanks around it; the template of one may. */
export function podViolations(pod: Json): readonly Violation[] {
  const blanks = ['containers', 'initContainers'].flatMap((list) =>
    listAt(pod, 'spec', list).flatMap((container, index) => {
      const image = textAt(container, 'image') ?? '';
      const rule = 'must not have leading or trailing whitespace';
      return image === image.trim() ? [] : [invalidValue(`spec.${list}[${index}].image`, image, rule)];
    }),
  );
  return [...podSpecViolations('spec', valueAt(pod, 'spec')), ...blanks];
}
