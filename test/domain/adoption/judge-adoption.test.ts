import { describe, expect, it } from 'vitest';
import type { AdoptionVerdict, Obstacle } from '../../../src/domain/adoption/adoption.ts';
import { judgeAdoption } from '../../../src/domain/adoption/judge-adoption.ts';
import { objectIdOf } from '../../../src/domain/manifest/object-id.ts';
import { managersOf, ownLabels, pool, questionAbout, rendered, withVersion, written } from './objects.ts';

const spec = { addresses: ['192.168.1.240/28'], autoAssign: false };
const other = { addresses: ['192.168.1.0/28'], autoAssign: false };
const object = rendered(spec);

type Row = readonly [
  manager: string,
  operation: 'Apply' | 'Update',
  same: AdoptionVerdict,
  different: Obstacle['code'],
];

/** Who wrote the object; what becomes of it where its values are those of the configuration, and why not where they differ. */
const managers: readonly (readonly [...Row, taken: boolean])[] = [
  ['kubectl-client-side-apply', 'Update', 'adopt', 'value-differs', true],
  ['kubectl', 'Apply', 'adopt', 'value-differs', true],
  ['kubectl-edit', 'Update', 'adopt', 'value-differs', true],
  ['kubectl-create', 'Update', 'adopt', 'value-differs', true],
  ['before-first-apply', 'Update', 'adopt', 'value-differs', true],
  ['helm', 'Update', 'adopt', 'value-differs', true],
  ['helm', 'Apply', 'adopt', 'value-differs', true],
  ['Terraform', 'Apply', 'adopt', 'value-differs', true],
  ['metalwave', 'Update', 'adopt', 'value-differs', true],
  ['argocd-controller', 'Apply', 'adopt', 'held', false],
  ['argocd-controller', 'Update', 'adopt', 'held', false],
  ['kustomize-controller', 'Apply', 'adopt', 'held', false],
  ['helm-controller', 'Update', 'adopt', 'held', false],
  ['kapp', 'Update', 'adopt', 'held', false],
  ['deploy@node-1', 'Update', 'adopt', 'held', false],
  ['some-operator', 'Update', 'adopt', 'held', false],
  ['kubectlish', 'Update', 'adopt', 'held', false],
];

describe('adopting an object of', () => {
  it.each(managers)('%s (%s): %s where values agree, %s where they differ', (manager, operation, same, code, taken) => {
    const agreed = judgeAdoption(questionAbout(written({ manager, operation, object: pool(spec) }), object));
    expect(agreed).toMatchObject({ verdict: same, changes: [], obstacles: [] });
    expect(agreed.taken.map((one) => one.manager)).toEqual(taken ? [manager] : []);
    expect(agreed.shared.map((one) => one.manager)).toEqual(taken ? [] : [manager]);
    const differing = judgeAdoption(questionAbout(written({ manager, operation, object: pool(other) }), object));
    expect(differing.verdict).toBe('blocked');
    expect(differing.obstacles.map((one) => one.code)).toContain(code);
    expect(differing.changes).toEqual([
      { path: 'spec.addresses[0]', before: '192.168.1.0/28', after: '192.168.1.240/28' },
    ]);
  });

  it.each(managers)('%s (%s), differing, with --allow-changes', (manager, operation, _same, code) => {
    const live = written({ manager, operation, object: pool(other) });
    const { verdict } = judgeAdoption(questionAbout(live, object, { allowChanges: true }));
    expect(verdict).toBe(code === 'held' ? 'blocked' : 'defer');
  });

  it.each(managers)('%s (%s), of which someone says that it runs no longer', (manager, operation) => {
    const live = written({ manager, operation, object: pool(spec) });
    const judged = judgeAdoption(questionAbout(live, object, { letGo: new Set([manager]) }));
    expect(judged.taken).toEqual([{ manager, operation, fields: ['.spec.addresses', '.spec.autoAssign'] }]);
    expect(managersOf(judged.managedFields)).toEqual(['metalwave Apply']);
  });

  it('nobody on record: it gets a record that says what is ours', () => {
    const judged = judgeAdoption(questionAbout(withVersion(pool(spec)), object));
    expect(judged).toMatchObject({ verdict: 'adopt', taken: [], shared: [] });
    expect(managersOf(judged.managedFields)).toEqual(['metalwave Apply']);
  });
});

describe('adopting', () => {
  const byHand = written({ manager: 'kubectl-client-side-apply', operation: 'Update', object: pool(spec) });

  it('has nothing to do for what is not there', () => {
    expect(judgeAdoption(questionAbout(undefined, object))).toMatchObject({ verdict: 'absent', obstacles: [] });
  });

  it('leaves fields that the configuration does not set with whom they belong to', () => {
    const more = pool({ ...spec, avoidBuggyIPs: true }, { annotations: { note: 'x' } });
    const live = written({ manager: 'kubectl-client-side-apply', operation: 'Update', object: more });
    const judged = judgeAdoption(questionAbout(live, object));
    expect(judged.verdict).toBe('adopt');
    expect(judged.kept).toEqual([
      {
        manager: 'kubectl-client-side-apply',
        operation: 'Update',
        fields: ['.metadata.annotations.note', '.spec.avoidBuggyIPs'],
      },
    ]);
    expect(managersOf(judged.managedFields)).toEqual(['metalwave Apply', 'kubectl-client-side-apply Update']);
  });

  it("counts its own labels as marks, Helm's among them", () => {
    const labels = { 'app.kubernetes.io/managed-by': 'Helm', 'helm.sh/chart': 'metallb-0.15.2' };
    const live = written({ manager: 'helm', operation: 'Update', object: pool(spec, { labels }) });
    const judged = judgeAdoption(questionAbout(live, object));
    expect(judged).toMatchObject({ verdict: 'adopt', changes: [] });
    expect(judged.marks).toEqual([
      { path: 'metadata.labels["app.kubernetes.io/managed-by"]', before: 'Helm', after: 'metalwave' },
      { path: 'metadata.labels["metalwave.io/environment"]', before: undefined, after: 'dev' },
    ]);
  });

  it('is refused a label of its own that a live controller holds', () => {
    const labels = { 'app.kubernetes.io/managed-by': 'Helm' };
    const live = written({ manager: 'argocd-controller', operation: 'Apply', object: pool(spec, { labels }) });
    const [obstacle] = judgeAdoption(questionAbout(live, object)).obstacles;
    expect(obstacle).toMatchObject({ code: 'held' });
    expect(obstacle?.reason).toContain('.metadata.labels.app.kubernetes.io/managed-by');
    expect(obstacle?.remedy).toContain('--from argocd-controller');
  });

  it('never takes an object of another environment, whatever is allowed', () => {
    const labels = { ...ownLabels, 'metalwave.io/environment': 'prod' };
    const live = written({ manager: 'metalwave', operation: 'Apply', object: pool(spec, { labels }) });
    const judged = judgeAdoption(questionAbout(live, object, { allowChanges: true, letGo: new Set(['metalwave']) }));
    expect(judged.obstacles.map(({ code, remedy }) => [code, remedy])).toEqual([
      ['other-environment', 'Let it go there first: metalwave release --env prod.'],
    ]);
  });

  it('is refused while the object is being deleted', () => {
    const live = { ...byHand, metadata: { ...byHand.metadata, deletionTimestamp: '2026-01-01T00:00:00Z' } };
    expect(judgeAdoption(questionAbout(live, object)).obstacles.map(({ code }) => code)).toEqual(['being-deleted']);
  });

  it('is refused where the server would refuse the object, in its words', () => {
    const there = { live: byHand, preview: { kind: 'refused', message: 'spec.selector: immutable' } } as const;
    const judged = judgeAdoption(questionAbout(byHand, object, { there }));
    expect(judged).toMatchObject({
      verdict: 'blocked',
      obstacles: [{ code: 'refused', reason: 'spec.selector: immutable' }],
    });
  });

  it('counts a value that only the configuration sets as one that would change', () => {
    const live = written({ manager: 'helm', operation: 'Update', object: pool({ addresses: spec.addresses }) });
    expect(judgeAdoption(questionAbout(live, object))).toMatchObject({
      verdict: 'blocked',
      changes: [{ path: 'spec.autoAssign', before: undefined, after: false }],
    });
  });

  it('masks what is secret', () => {
    const live = written({ manager: 'helm', operation: 'Update', object: pool({ password: 'old-secret' }) });
    const text = JSON.stringify(judgeAdoption(questionAbout(live, rendered({ password: 'new-secret' }))).changes);
    expect(text).not.toContain('secret');
  });
});

describe('an object that was adopted', () => {
  const ours = written({ manager: 'metalwave', operation: 'Apply', object });
  const entry = {
    id: objectIdOf(object),
    apiVersion: object.apiVersion,
    uid: 'u1',
    hash: 'h',
    state: 'applied',
  } as const;

  it('is ours, and so it stays when the configuration moves on', () => {
    expect(judgeAdoption(questionAbout(ours, object, { entry })).verdict).toBe('ours');
    expect(judgeAdoption(questionAbout(ours, rendered(other), { entry })).verdict).toBe('ours');
  });

  it('is recorded where only its record is missing or not confirmed', () => {
    expect(judgeAdoption(questionAbout(ours, object))).toMatchObject({ verdict: 'adopt', managedFields: undefined });
    const pending = { ...entry, state: 'pending' } as const;
    expect(judgeAdoption(questionAbout(ours, object, { entry: pending })).verdict).toBe('adopt');
  });

  it('is adopted anew where a person has taken a field since', () => {
    const live = written(
      { manager: 'metalwave', operation: 'Apply', object },
      { manager: 'kubectl-client-side-apply', operation: 'Update', object: pool({ autoAssign: true }) },
      { manager: 'kubectl-client-side-apply', operation: 'Update', object: pool({ autoAssign: false }) },
    );
    const judged = judgeAdoption(questionAbout(live, object, { entry }));
    expect(judged).toMatchObject({ verdict: 'adopt', taken: [{ fields: ['.spec.autoAssign'] }] });
  });

  it('is another object under the same name where the uid differs', () => {
    expect(judgeAdoption(questionAbout(ours, object, { entry: { ...entry, uid: 'u0' } })).verdict).toBe('adopt');
  });
});
