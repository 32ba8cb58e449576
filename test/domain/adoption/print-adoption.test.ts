import { describe, expect, it } from 'vitest';
import type { AdoptionPlan } from '../../../src/domain/adoption/adoption.ts';
import { judgeAdoption, type AdoptionQuestion } from '../../../src/domain/adoption/judge-adoption.ts';
import { printAdoption } from '../../../src/domain/adoption/print-adoption.ts';
import { pool, questionAbout, rendered, written } from './objects.ts';

const spec = { addresses: ['192.168.1.240/28'], autoAssign: false };

function planOf(...questions: readonly AdoptionQuestion[]): AdoptionPlan {
  return { environment: 'dev', revision: 'abc', objects: questions.map((question) => judgeAdoption(question)) };
}

const lastApplied = { 'kubectl.kubernetes.io/last-applied-configuration': '{"spec":{"password":"hidden"}}' };

describe('a printed adoption', () => {
  it('says who gives what, what stays, and who must still let go', () => {
    const more = pool({ ...spec, avoidBuggyIPs: true }, { annotations: lastApplied });
    const live = written(
      { manager: 'kubectl-client-side-apply', operation: 'Update', object: more },
      { manager: 'argocd-controller', operation: 'Apply', object: pool({ autoAssign: false }) },
    );
    expect(printAdoption(planOf(questionAbout(live, rendered(spec)), questionAbout(undefined, rendered(spec))))).toBe(
      `Adoption plan for environment dev at abc

+ adopt IPAddressPool metallb-system/default
      takes from kubectl-client-side-apply (kubectl apply): .spec.addresses, .spec.autoAssign
      shares with argocd-controller (Argo CD): .spec.autoAssign
      stays with kubectl-client-side-apply (kubectl apply): .metadata.annotations.kubectl.kubernetes.io/last-applied-configuration, .spec.avoidBuggyIPs
      + metadata.labels["app.kubernetes.io/managed-by"]: "metalwave"
      + metadata.labels["metalwave.io/environment"]: "dev"

What is shared stays when the configuration drops it, until the other manager lets go.

Others still count these objects as theirs. Adopting does not stop them:
  kubectl apply (1 object)
    The annotation kubectl.kubernetes.io/last-applied-configuration stays. Whoever runs \`kubectl apply\` with the old file takes its fields back, without asking; retire that file.
  Argo CD (1 object)
    It owns fields of the object and may set them again. Take the object out of what it applies.

Adoption: 1 to adopt, 0 ours already, 1 not in the cluster yet, 0 in the way.
`,
    );
  });

  it('names every value that differs, and both ways out', () => {
    const live = written({ manager: 'helm', operation: 'Update', object: pool({ ...spec, autoAssign: true }) });
    const text = printAdoption(planOf(questionAbout(live, rendered(spec))));
    expect(text).toContain("! can't adopt IPAddressPool metallb-system/default");
    expect(text).toContain('~ spec.autoAssign: true → false\n');
    expect(text).toContain('A value differs from the configuration.\n');
    expect(text).toContain('adopt with --allow-changes');
    const allowed = printAdoption(planOf(questionAbout(live, rendered(spec), { allowChanges: true })));
    expect(allowed).toContain('~ spec.autoAssign: true → false (by the next sync)');
  });

  it.each([
    [
      { annotations: { 'meta.helm.sh/release-name': 'mlb', 'meta.helm.sh/release-namespace': 'net' } },
      'Helm release mlb in net',
      '`kubectl delete secret -n net -l owner=helm,name=mlb`',
    ],
    [
      { annotations: { 'argocd.argoproj.io/tracking-id': 'app:metallb.io/IPAddressPool:a/b' } },
      'Argo CD application app',
      '--cascade=false',
    ],
    [
      { labels: { 'kustomize.toolkit.fluxcd.io/name': 'k', 'kustomize.toolkit.fluxcd.io/namespace': 'flux' } },
      'Flux Kustomization flux/k',
      'prune: disabled',
    ],
    [
      { labels: { 'helm.toolkit.fluxcd.io/name': 'h', 'helm.toolkit.fluxcd.io/namespace': 'flux' } },
      'Flux HelmRelease flux/h',
      'spec.suspend',
    ],
    [{ annotations: { 'objectset.rio.cattle.io/id': 'metallb' } }, 'manifests folder of k3s', '.skip'],
    [{ labels: { 'addonmanager.kubernetes.io/mode': 'Reconcile' } }, 'the addon manager', 'addons folder'],
    [{ labels: { 'kapp.k14s.io/app': '1' } }, 'kapp app 1', 'orphan'],
    [{ labels: { 'applyset.kubernetes.io/part-of': 'applyset-x' } }, 'ApplySet applyset-x', '--prune'],
  ])('names who still counts the object as its own by its marks: %j', (metadata, name, advice) => {
    const live = written({ manager: 'kubectl', operation: 'Apply', object: pool(spec, metadata) });
    const text = printAdoption(planOf(questionAbout(live, rendered(spec))));
    expect(text).toContain(name);
    expect(text).toContain(advice);
  });

  it('names the controlling owner of an object', () => {
    const metadata = {
      ...pool(spec).metadata,
      ownerReferences: [{ kind: 'MetalLB', name: 'metallb', controller: true }],
    };
    const owned = { ...pool(spec), metadata };
    const live = written({ manager: 'kubectl', operation: 'Apply', object: owned });
    const text = printAdoption(planOf(questionAbout(live, rendered(spec))));
    expect(text).toContain('MetalLB metallb (its controlling owner)');
  });

  it('shows neither secrets nor characters that move the cursor', () => {
    const annotations = { ...lastApplied, 'meta.helm.sh/release-name': 'a\u001b[2Jb' };
    const live = written({ manager: 'a\u202eb', operation: 'Update', object: pool(spec, { annotations }) });
    const text = printAdoption(planOf(questionAbout(live, rendered(spec))));
    expect(['hidden', '\u001b', '\u202e'].filter((secret) => text.includes(secret))).toEqual([]);
  });
});
