import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox } from '../../src/adapters/sandbox/start-sandbox.ts';
import type { Sandbox } from '../../src/adapters/sandbox/start-sandbox.ts';
import { systemClock } from '../../src/adapters/system/clock.ts';
import { type Plane, planeUnavailable, startPlane } from '../plane/plane.ts';
import { type Said, differing, normalized } from './kubectl/normalized-output.ts';
import { manifests } from './kubectl/manifests.ts';

const reason = planeUnavailable();

/** The lines of `kubectl explain` that name a field and its type. */
function fields(said: readonly Said[]): readonly string[] {
  return said.flatMap(({ says }) => says.match(/^ +\S+\t<.*$/gmu) ?? []);
}

describe.skipIf(reason !== undefined)(`kubectl ${reason ?? ''}`.trim(), () => {
  let plane: Plane;
  let sandbox: Sandbox;
  beforeAll(async () => {
    [plane, sandbox] = await Promise.all([
      startPlane({ controllers: true }),
      startSandbox({ clock: systemClock, nodes: 1 }),
    ]);
    writeFileSync(join(plane.folder, 'embedded'), sandbox.kubeconfigText(), { mode: 0o600 });
    for (const [name, objects] of Object.entries(manifests)) {
      const text = objects.map((object) => JSON.stringify(object)).join('\n---\n');
      writeFileSync(join(plane.folder, `${name}.yaml`), text);
    }
  });
  afterAll(async () => {
    await sandbox.stop();
    await plane.stop();
  });

  async function say(command: string, flags: readonly string[]): Promise<Said> {
    const words = command.replaceAll('@', `${plane.folder}/`).split(' ');
    try {
      return { command, says: normalized(await plane.kubectl(...flags, '-n', 'demo', ...words)) };
    } catch (error) {
      const text = error instanceof Error ? error.message : '';
      return { command, says: normalized(text.replace(/^.*? failed \(/su, 'failed (')) };
    }
  }

  async function sayAll(commands: readonly string[], flags: readonly string[]): Promise<readonly Said[]> {
    const said: Said[] = [];
    for (const command of commands) {
      said.push(await say(command, flags));
    }
    return said;
  }

  /** Every command, one after the other, to both servers at the same time. */
  async function sayToBoth(commands: readonly string[]): Promise<readonly Said[]> {
    const embedded = [`--kubeconfig=${plane.folder}/embedded`, `--cache-dir=${plane.folder}/embedded-cache`];
    const [real, ours] = await Promise.all([sayAll(commands, []), sayAll(commands, embedded)]);
    expect(differing(ours, real)).toEqual(differing(real, ours));
    return ours;
  }

  it('creates, and is told the same as by the real server', async () => {
    const said = await sayToBoth([
      'create namespace demo',
      'create configmap cm --from-literal=a=1',
      'create secret generic s --from-literal=p=x',
      'create serviceaccount sa',
      'create role r --verb=get --resource=pods',
      'create rolebinding rb --role=r --serviceaccount=demo:sa',
      'create deployment web --image=example.invalid/web:1 --replicas=0',
      'create service clusterip web --tcp=80:8080',
      'create service loadbalancer lb --tcp=80:8080',
      'apply -f @definition.yaml',
      'create configmap cm',
      'create -f @misspelt.yaml',
    ]);
    expect(said[0]?.says).toBe('namespace/demo created');
  }, 120_000);

  it('shows objects in every form', async () => {
    await sayToBoth([
      'get configmap cm -o yaml',
      'get secret s -o json',
      'get services -o wide',
      'get deployment web -o wide',
      'get roles,rolebindings,deployments -o name',
      'get configmap cm -o jsonpath={.data.a}',
      'get role r -o custom-columns=NAME:.metadata.name,VERBS:.rules[*].verbs',
      'describe configmap cm',
      'describe rolebinding rb',
      'get configmap missing',
      'get sprockets',
      'get configmaps --selector=a==',
      'get services --field-selector=spec.type=LoadBalancer -o name',
      'get things --all-namespaces',
    ]);
  }, 120_000);

  it('changes objects', async () => {
    await sayToBoth([
      'label configmap cm app=x',
      'label configmap cm app=y',
      'annotate configmap cm note=hi',
      'apply --server-side -f @applied.yaml',
      'apply --server-side --field-manager=other -f @changed.yaml',
      'diff -f @changed.yaml',
      'apply -f @deployment.yaml',
      'apply -f @deployment.yaml',
      'apply -f @fewer.yaml',
      'get deployment ap -o jsonpath={.spec.template.spec.containers[*].image}',
      'set image deployment/web web=example.invalid/web:2',
      'wait --for=jsonpath={.data.a}=1 configmap/cm --timeout=20s',
      'rollout status deployment/web --timeout=60s',
      'apply -f @things.yaml',
      'get things',
    ]);
  }, 120_000);

  it('rolls back, scales, patches and replaces', async () => {
    await sayToBoth([
      'rollout history deployment/web',
      'rollout undo deployment/web',
      'rollout restart deployment/web',
      'scale deployment/web --replicas=0',
      'scale deployment/web --replicas=1 --current-replicas=7',
      'get deployment web --subresource=scale',
      'patch deployment web --type=json -p [{"op":"remove","path":"/spec/nope"}]',
      'patch deployment web --type=merge -p {"spec":{"paused":true}}',
      'patch deployment web --subresource=scale --type=merge -p {"spec":{"replicas":0}}',
      'create pdb p --selector=app=web --min-available=1',
      'replace --force -f @applied.yaml',
      'wait --for=delete configmap/none --timeout=5s',
      'create token nobody',
      'auth whoami',
      'top pods',
    ]);
  }, 120_000);

  it('asks what it may do and what there is', async () => {
    const account = '--as=system:serviceaccount:demo:sa';
    const said = await sayToBoth([
      'auth can-i create pods',
      `auth can-i get pods ${account}`,
      `auth can-i list secrets ${account}`,
      `get secrets ${account}`,
      'explain things.spec',
      'explain configmap.nothing',
    ]);
    expect(said.map(({ says }) => says).slice(0, 2)).toEqual(['yes', 'yes']);
    const served = await sayAll(['api-resources -o name'], []);
    const [ours] = await sayAll(['api-resources -o name'], [`--kubeconfig=${plane.folder}/embedded`]);
    const known = served[0]?.says.split('\n') ?? [];
    expect(ours?.says.split('\n').filter((name) => !known.includes(name))).toEqual([]);
  }, 120_000);

  it('names the fields of built-in kinds as the real server does', async () => {
    const embedded = [`--kubeconfig=${plane.folder}/embedded`, `--cache-dir=${plane.folder}/embedded-cache`];
    const commands = ['explain service.spec', 'explain pod.spec.containers', 'explain deployment.spec.strategy'];
    const [real, ours] = await Promise.all([sayAll(commands, []), sayAll(commands, embedded)]);
    expect(fields(ours).length).toBeGreaterThan(40);
    expect(fields(ours)).toEqual(fields(real));
  }, 120_000);

  it('deletes one, many, and what files name', async () => {
    await sayToBoth([
      'delete secret s',
      'delete services --all',
      'delete -f @things.yaml',
      'delete configmap missing',
      'get services',
      'delete namespace demo --wait=false',
    ]);
  }, 120_000);
});
