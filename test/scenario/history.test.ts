import { Ajv } from 'ajv';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startSandbox } from '../../src/adapters/sandbox/start-sandbox.ts';
import { systemClock } from '../../src/adapters/system/clock.ts';
import { temporaryFolder } from '../git/repository.ts';
import { configPath } from '../road/config-repository.ts';
import { installMetalLb, resourcesOnly } from '../road/existing-metallb.ts';
import { type FaultProxy, startFaultProxy } from '../road/fault-proxy.ts';
import { type Ended, eventsOf } from '../road/program.ts';
import { Road } from '../road/road.ts';

const base = resourcesOnly[configPath('dev')] ?? '';
/** The same pools with one more address range. */
const grown = base.replace('        - 10.20.0.0/28\n', '        - 10.20.0.0/28\n        - 10.20.9.0/28\n');

const schema = JSON.parse(readFileSync('schemas/history.schema.json', 'utf8')) as object;
const isPublished = new Ajv({ strict: true, allowUnionTypes: true, formats: { 'date-time': true } }).compile(schema);

interface HistoryJson {
  readonly runs: readonly {
    readonly id: string;
    readonly kind: string;
    readonly outcome: string;
    readonly revision: string;
    readonly attempt: number;
    readonly counts: { readonly [result: string]: number };
    readonly replaces: { readonly revision: string } | null;
  }[];
  readonly approvals: readonly { readonly planHash: string }[];
  readonly quarantine: readonly { readonly revision: string; readonly reason: string }[];
  readonly suspension: { readonly reason: string } | null;
}

describe('the runs of an environment', () => {
  let road: Road;
  let proxy: FaultProxy;
  let close: () => Promise<void>;
  async function open(podStartMs: number): Promise<void> {
    const folder = temporaryFolder();
    const sandbox = await startSandbox({ clock: systemClock, podsAnswer: false, nodes: 1, podStartMs });
    proxy = await startFaultProxy({ server: sandbox.server, ca: sandbox.certificate });
    const kubeconfig = join(folder.path, 'kubeconfig');
    writeFileSync(kubeconfig, proxy.kubeconfigText(sandbox.token), { mode: 0o600 });
    await installMetalLb(kubeconfig);
    road = new Road(kubeconfig, resourcesOnly);
    close = async () => {
      road.close();
      await proxy.stop();
      await sandbox.stop();
      folder.remove();
    };
  }
  beforeEach(() => open(1));
  afterEach(() => close());

  async function history(): Promise<HistoryJson> {
    const { code, out, err } = await road.run('history', '--env', 'dev', '-o', 'json');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const json: unknown = JSON.parse(out);
    expect(isPublished(json) ? [] : isPublished.errors).toEqual([]);
    return json as HistoryJson;
  }
  async function sync(...more: readonly string[]): Promise<Ended> {
    return road.run('sync', '--env', 'dev', ...more);
  }
  async function pools(): Promise<string> {
    return JSON.stringify(await road.state.list('metallb.io/v1beta1', 'IPAddressPool'));
  }

  it('are remembered with what they did, and a sync that has nothing to do leaves no trace', async () => {
    expect((await history()).runs).toEqual([]);
    expect((await sync()).code).toBe(0);
    proxy.reset();
    expect((await sync()).code).toBe(0);
    expect(proxy.requests.filter(({ method, path }) => method !== 'GET' && !path.includes('dryRun'))).toEqual([]);
    const { runs } = await history();
    expect(runs).toMatchObject([
      { kind: 'sync', outcome: 'healthy', attempt: 1, counts: { created: 3 }, replaces: null },
    ]);
    const text = await road.run('history', '--env', 'dev');
    expect(text.out).toMatch(/healthy.*\n\s+3 created; waves 10/u);
    const status = await road.run('status', '--env', 'dev');
    expect(status.out).toContain(`run            ${runs[0]?.id ?? ''}  healthy  sync of`);
  });

  it('go back to an earlier revision, and the bad one stays away until it is released or corrected', async () => {
    await sync();
    const [good] = (await history()).runs;
    const bad = road.repository.commit({ [configPath('dev')]: grown });
    expect((await sync()).code).toBe(0);
    expect(await pools()).toContain('10.20.9.0/28');

    const back = await road.run('rollback', '--env', 'dev', '--reason', 'the switch drops it');
    expect(back.err).toContain('Rolling dev back from');
    expect(back.code).toBe(0);
    expect(await pools()).not.toContain('10.20.9.0/28');
    expect(await history()).toMatchObject({
      runs: [{ kind: 'rollback', outcome: 'healthy', revision: good?.revision, replaces: { revision: bad } }, {}, {}],
      quarantine: [{ revision: bad, reason: 'the switch drops it' }],
    });

    const refused = await sync();
    expect(refused.code).toBe(3);
    expect(refused.err).toMatch(/is quarantined since .*: the switch drops it/u);
    road.repository.commit({ 'README.md': 'nothing that is rendered' });
    const same = await sync();
    expect(same.code).toBe(3);
    expect(same.err).toContain('renders the same as');
    expect((await road.run('status', '--env', 'dev')).out).toContain('quarantined');

    road.repository.commit({ [configPath('dev')]: grown.replace('10.20.9.0/28', '10.20.8.0/28') });
    expect((await sync()).code).toBe(0);
    road.repository.commit({ [configPath('dev')]: grown });
    expect((await sync()).code).toBe(3);
    const wrong = await road.run('resume', '--env', 'dev', '--release', 'abcdef1');
    expect(wrong.code).toBe(2);
    expect(wrong.err).toContain(`Quarantined: ${bad.slice(0, 12)};`);
    const released = await road.run('resume', '--env', 'dev', '--release', bad.slice(0, 8));
    expect(released).toMatchObject({ code: 0, out: '' });
    expect(released.err).toContain(`Released: ${bad.slice(0, 12)}.`);
    expect((await sync()).code).toBe(0);
    expect(await pools()).toContain('10.20.9.0/28');
  });

  it('go back to a run or revision by name, and say which there are where it is none', async () => {
    await sync();
    road.repository.commit({ [configPath('dev')]: grown });
    await sync();
    road.repository.commit({ [configPath('dev')]: grown.replace('10.20.9.0/28', '10.20.8.0/28') });
    await sync();
    const { runs } = await history();
    const [, middle, first] = runs;
    const wrong = await road.run('rollback', '--env', 'dev', '--to', 'abcdef1');
    expect(wrong.code).toBe(1);
    expect(wrong.err).toContain(first?.id ?? 'absent');
    expect((await road.run('rollback', '--env', 'dev', '--to', first?.id ?? '')).code).toBe(0);
    expect(await pools()).not.toContain('10.20.9.0/28');
    const dry = await road.run('rollback', '--env', 'dev', '--to', (middle?.revision ?? '').slice(0, 10), '--dry-run');
    expect(dry.code).toBe(0);
    expect(dry.out).toContain('10.20.9.0/28');
    expect((await history()).runs).toHaveLength(4);
  });

  it('say clearly that files which are no commit cannot be rolled back to', async () => {
    road.repository.write({ [configPath('dev')]: `${base}\n# not committed\n` });
    await sync('--allow-dirty');
    road.repository.commit({ [configPath('dev')]: grown });
    await sync();
    const back = await road.run('rollback', '--env', 'dev');
    expect(back.code).toBe(1);
    expect(back.err).toContain('no commit');
    road.repository.commit({ [configPath('dev')]: base });
    await sync();
    const elsewhere = temporaryFolder();
    const lost = await road.run('rollback', '--env', 'dev', '--context', 'proxy', '--config-repo', elsewhere.path);
    elsewhere.remove();
    expect(lost.code).toBe(1);
    expect(lost.err).toContain("can't be used");
  });

  it('are refused while the environment is suspended, with the reason, and go on after resume', async () => {
    await sync();
    expect((await road.run('suspend', '--env', 'dev')).code).toBe(2);
    expect((await road.run('suspend', '--env', 'dev', '--reason', 'switch upgrade')).code).toBe(0);
    road.repository.commit({ [configPath('dev')]: grown });
    proxy.reset();
    const refused = await sync();
    expect(refused.code).toBe(3);
    expect(refused.err).toMatch(/dev is suspended since .* by .*: switch upgrade/u);
    expect(proxy.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
    expect((await road.run('status', '--env', 'dev')).out).toContain('switch upgrade');
    // A configuration that can't be read stands in nobody's way.
    road.repository.write({ [configPath('dev')]: 'metallb: [' });
    expect((await road.run('resume', '--env', 'dev')).code).toBe(2);
    expect((await road.run('resume', '--env', 'dev', '--context', 'proxy')).code).toBe(0);
    road.repository.write({ [configPath('dev')]: grown });
    expect((await sync()).code).toBe(0);
  });

  it('are tried again after a failure, each reading the source anew, so that a correction takes over', async () => {
    const retry = 'sync:\n  retry:\n    limit: 3\n    backoff:\n      duration: 1s\n      maxDuration: 1s\n';
    const first = road.repository.commit({ [configPath('dev')]: retry + base });
    let corrected = '';
    proxy.onRequest = ({ method, path }) => {
      if (method === 'PATCH' && path.includes('/ipaddresspools/second?') && corrected === '') {
        corrected = road.repository.commit({ [configPath('dev')]: retry + grown });
        return { kind: 'answer', status: 409, reason: 'Conflict' };
      }
      return undefined;
    };
    const ended = await sync('--revision', 'main', '-o', 'jsonl');
    expect(ended.code).toBe(0);
    const started = eventsOf(ended).flatMap((event) => (event.type === 'run-started' ? [event.revision] : []));
    expect(started).toEqual([first, corrected]);
    expect(eventsOf(ended).filter(({ type }) => type === 'run-retrying')).toHaveLength(1);
    expect((await history()).runs).toMatchObject([
      { outcome: 'healthy', attempt: 2, revision: corrected },
      { outcome: 'failed', attempt: 1, revision: first },
    ]);
    expect(await pools()).toContain('10.20.9.0/28');
  });

  it('are told to be interrupted where they were killed', async () => {
    let killed = false;
    const program = road.start(['sync', '--env', 'dev']);
    proxy.onRequest = ({ method, path }) => {
      if (!killed && method === 'PATCH' && path.includes('/ipaddresspools/')) {
        killed = true;
        program.kill('SIGKILL');
        return { kind: 'cut-before' };
      }
      return undefined;
    };
    await program.ended;
    expect((await history()).runs).toMatchObject([{ outcome: 'running' }]);
    expect((await road.run('status', '--env', 'dev')).out).toContain('locked         by');
    expect((await sync()).code).toBe(0);
    const { runs } = await history();
    expect(runs).toMatchObject([{ outcome: 'healthy' }, { outcome: 'interrupted' }]);
    const { out } = await road.run('history', '--env', 'dev');
    expect(out).toMatch(new RegExp(`goes on from ${runs[1]?.id ?? ''} by .*, which was interrupted`, 'u'));
    expect(out.match(/^\d{8}-/gmu)).toHaveLength(1);
  });

  it('take back by themselves what does not become healthy, where the configuration asks for it', async () => {
    await close();
    const slowStartMs = 8_000;
    await open(slowStartMs);
    expect((await sync()).code).toBe(0);
    const [good] = (await history()).runs;
    const install = base.replace('  install: false\n', '');
    const asked = 'sync:\n  waveTimeout: 1s\n  rollback:\n    onFailure: true\n';
    const bad = road.repository.commit({ [configPath('dev')]: asked + install });
    const ended = await sync();
    expect(ended.code).toBe(1);
    expect(ended.err).toContain('Rolling dev back from');
    expect(await history()).toMatchObject({
      runs: [
        { kind: 'automatic-rollback', revision: good?.revision, replaces: { revision: bad } },
        { kind: 'sync', outcome: 'unhealthy', revision: bad },
        { outcome: 'healthy' },
      ],
      quarantine: [{ revision: bad }],
    });
    expect((await sync()).code).toBe(3);
  });
});
