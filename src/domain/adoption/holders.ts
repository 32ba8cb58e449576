import { isJsonObject, listAt, textAt, type Json } from '../json.ts';
import { asJson, type KubeObject } from '../manifest/kube-object.ts';
import { parseManagedFields } from '../merge/ownership.ts';
import { managerTitle, roleOf } from './field-managers.ts';

/** Something that still counts an object as its own, told by marks on it, and how to make it let go without a deletion. */
export interface Holder {
  /** For people, with its name and place: `Helm release metallb in metallb-system`. */
  readonly name: string;
  /** What it may do to the object, and how it lets go; whole sentences. */
  readonly advice: string;
}

interface Marks {
  readonly labels: { readonly [name: string]: string };
  readonly annotations: { readonly [name: string]: string };
}

type Sign = (marks: Marks) => Holder | undefined;

const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

/** Each reads the marks of one tool. Names of marks are those the tools document. */
const signs: readonly Sign[] = [
  ({ annotations }) =>
    annotations[lastApplied] === undefined
      ? undefined
      : {
          name: 'kubectl apply',
          advice: `The annotation ${lastApplied} stays. Whoever runs \`kubectl apply\` with the old file takes its fields back, without asking; retire that file.`,
        },
  ({ annotations, labels }) => {
    const release = annotations['meta.helm.sh/release-name'];
    const place = annotations['meta.helm.sh/release-namespace'];
    if (release === undefined || labels['helm.toolkit.fluxcd.io/name'] !== undefined) {
      return undefined;
    }
    const where = place === undefined ? '' : ` -n ${place}`;
    return {
      name: `Helm release ${release}${place === undefined ? '' : ` in ${place}`}`,
      advice: `\`helm upgrade\` would set its values again and \`helm uninstall\` would delete it. Either set the annotation helm.sh/resource-policy: keep on it in the chart and upgrade once before it is taken out of the chart, or have Helm forget the release and delete nothing: \`kubectl delete secret${where} -l owner=helm,name=${release}\`.`,
    };
  },
  ({ annotations, labels }) => {
    const tracked = annotations['argocd.argoproj.io/tracking-id']?.split(':')[0];
    const app = tracked ?? labels['argocd.argoproj.io/instance'];
    return app === undefined
      ? undefined
      : {
          name: `Argo CD application ${app}`,
          advice: `It goes on syncing and may prune. Set argocd.argoproj.io/sync-options: Prune=false on the object in its repository and sync, then take it out there; or delete the application without the finalizer resources-finalizer.argocd.argoproj.io: \`argocd app delete ${app} --cascade=false\`.`,
        };
  },
  ({ labels }) => {
    const name = labels['kustomize.toolkit.fluxcd.io/name'];
    const place = labels['kustomize.toolkit.fluxcd.io/namespace'] ?? '';
    return name === undefined
      ? undefined
      : {
          name: `Flux Kustomization ${place}/${name}`,
          advice:
            'It goes on applying, by force, and may prune. Set kustomize.toolkit.fluxcd.io/prune: disabled on the object in its repository (or spec.prune: false), let it reconcile once, then take the object out there.',
        };
  },
  ({ labels }) => {
    const name = labels['helm.toolkit.fluxcd.io/name'];
    const place = labels['helm.toolkit.fluxcd.io/namespace'] ?? '';
    return name === undefined
      ? undefined
      : {
          name: `Flux HelmRelease ${place}/${name}`,
          advice:
            'It upgrades the release by itself. Set spec.suspend: true on it before anything else: while it is suspended, deleting it uninstalls nothing.',
        };
  },
  ({ annotations }) =>
    annotations['objectset.rio.cattle.io/id'] === undefined
      ? undefined
      : {
          name: `the manifests folder of k3s or RKE2 (${annotations['objectset.rio.cattle.io/id']})`,
          advice:
            'Its deploy controller applies the file again when it changes or the server starts. Put FILE.skip next to the file, then remove the file.',
        },
  ({ labels }) =>
    labels['addonmanager.kubernetes.io/mode'] === undefined
      ? undefined
      : {
          name: `the addon manager (${labels['addonmanager.kubernetes.io/mode']})`,
          advice: 'In mode Reconcile it sets its values again. Take the object out of the addons folder.',
        },
  ({ labels }) =>
    labels['kapp.k14s.io/app'] === undefined
      ? undefined
      : {
          name: `kapp app ${labels['kapp.k14s.io/app']}`,
          advice:
            'kapp deletes what leaves its app. Set kapp.k14s.io/delete-strategy: orphan on the object and deploy once before it is taken out.',
        },
  ({ labels }) =>
    labels['applyset.kubernetes.io/part-of'] === undefined
      ? undefined
      : {
          name: `ApplySet ${labels['applyset.kubernetes.io/part-of']}`,
          advice: '`kubectl apply --prune` of that set deletes what leaves it. Remove this label before.',
        },
];

function controllerOf(object: Json): Holder | undefined {
  const owner = listAt(object, 'metadata', 'ownerReferences').find(
    (reference) => isJsonObject(reference) && reference['controller'] === true,
  );
  const name = textAt(owner, 'name');
  return name === undefined
    ? undefined
    : {
        name: `${textAt(owner, 'kind') ?? ''} ${name} (its controlling owner)`,
        advice: 'The object goes with its owner and its controller sets its values. Adopt the owner in its place.',
      };
}

/** Live programs that own fields of the object, and have no mark of their own on it. */
function fieldOwners(object: KubeObject, marked: readonly Holder[]): readonly Holder[] {
  const owners = parseManagedFields(object.metadata.managedFields).filter(
    (owner) => owner.subresource === '' && roleOf(owner) === 'controller',
  );
  const titles = owners.flatMap(({ manager }) => {
    const title = managerTitle(manager);
    return title === undefined || title === 'Kubernetes' ? [] : [title];
  });
  return [...new Set(titles)]
    .filter((title) => marked.every(({ name }) => !name.startsWith(title.split("'")[0] ?? title)))
    .map((title) => ({
      name: title,
      advice: 'It owns fields of the object and may set them again. Take the object out of what it applies.',
    }));
}

/** Everything that still counts the object as its own. Empty for an object that only people have written. */
export function holdersOf(live: KubeObject): readonly Holder[] {
  const { labels = {}, annotations = {} } = live.metadata;
  const marked = signs.flatMap((sign) => sign({ labels, annotations }) ?? []);
  return [...marked, ...[controllerOf(asJson(live))].flatMap((one) => one ?? []), ...fieldOwners(live, marked)];
}
