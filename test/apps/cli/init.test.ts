import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answersOfPerson } from '../../../src/apps/cli/compose/init.ts';
import { init } from '../../../src/apps/cli/verbs/init.ts';
import { validate } from '../../../src/apps/cli/verbs/validate.ts';
import { type InitialAnswers, readRanges } from '../../../src/domain/import/initial-environment.ts';
import { runVerb } from './run-verb.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'metalwave-init-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('ranges as the addon of MicroK8s takes them', () => {
  it.each([
    ['192.168.1.220-192.168.1.250', ['192.168.1.220-192.168.1.250']],
    [
      '10.64.140.43-10.64.140.49,192.168.0.105-192.168.0.111',
      ['10.64.140.43-10.64.140.49', '192.168.0.105-192.168.0.111'],
    ],
    ['192.168.1.240/28', ['192.168.1.240/28']],
    ['metallb:192.168.1.240/28', ['192.168.1.240/28']],
    ['metallb:fd00::1-fd00::9', ['fd00::1-fd00::9']],
    ['10.0.0.0/28, fd00:10::/120', ['10.0.0.0/28', 'fd00:10::/120']],
    ['10.0.0.0/28 10.0.1.0/28', ['10.0.0.0/28', '10.0.1.0/28']],
    [' 10.0.0.1 - 10.0.0.9 ,', ['10.0.0.1-10.0.0.9']],
  ])('reads %s', (text, addresses) => {
    expect(readRanges(text)).toEqual({ ok: true, addresses });
  });

  it.each([
    ['', 'no range was given'],
    [' , ', 'no range was given'],
    ['192.168.1.999-192.168.1.1000', 'holds 192.168.1.999'],
    ['10.0.0.9-10.0.0.1', 'ends before it starts'],
    ['10.0.0.100-200', 'only the tail'],
    ['10.0.0.1', 'is a bare address'],
    ['10.0.0.1-fd00::1', 'starts with IPv4'],
    ['lan', 'is no block and no range'],
  ])('refuses %j', (text, words) => {
    expect(readRanges(text)).toMatchObject({ ok: false, problem: expect.stringContaining(words) as string });
  });
});

describe('metalwave init', () => {
  it('writes an environment that validates, and keeps one that is there', async () => {
    const args = [
      '--env',
      'home',
      '--range',
      '192.168.1.220-192.168.1.250',
      '--gateway',
      '192.168.1.1',
      '--interface',
      'eth0',
    ];
    expect(await runVerb(init, args, folder)).toMatchObject({ exitCode: 0, err: '' });
    const text = readFileSync(join(folder, 'environments/home/config-home.yaml'), 'utf8');
    expect(text).toMatch(/^# yaml-language-server: \$schema=/u);
    expect(text).toContain('- 192.168.1.220-192.168.1.250');
    expect(text).toContain('gateway: 192.168.1.1');
    expect(text).toMatch(/interfaces:\n {8}- eth0/u);
    expect(await runVerb(validate, [], folder)).toMatchObject({ exitCode: 0, out: 'home: no findings.\n' });
    await expect(runVerb(init, args, folder)).rejects.toThrow(/is there already/u);
    expect(await runVerb(init, [...args, '--force'], folder)).toMatchObject({ exitCode: 0 });
  });

  it('shows what is doubtful in what it writes', async () => {
    const { exitCode, err } = await runVerb(init, ['--range', '192.168.1.240/24'], folder);
    expect(err).toContain('warning address-host-bits');
    expect(exitCode).toBe(0);
  });

  it('writes nothing with an error in it', async () => {
    const { exitCode, err } = await runVerb(init, ['--range', '10.0.0.0/28', '--gateway', '10.0.0.1'], folder);
    expect(err).toContain('error pool-holds-gateway');
    expect(existsSync(join(folder, 'environments'))).toBe(false);
    expect(exitCode).toBe(1);
  });

  it.each([
    [['--range', '10.0.0.100-200'], /only the tail of its last address/u],
    [['--range', '10.0.0.0/28', '--gateway', 'router'], /is no IP address/u],
    [['--range', '10.0.0.0/28', '--env', 'Home'], /is no name for an environment/u],
    [[], /no terminal to ask on, and no --range/u],
  ])('refuses %j', async (args, words) => {
    await expect(runVerb(init, args, folder)).rejects.toThrow(words);
  });
});

describe('the questions of metalwave init', () => {
  const options = { text: () => undefined, texts: () => [], flag: () => false };
  async function answering(...answers: readonly string[]): Promise<{ read: InitialAnswers; asked: readonly string[] }> {
    const left = [...answers];
    const asked: string[] = [];
    const context = { options } as unknown as Parameters<typeof answersOfPerson>[0];
    const read = await answersOfPerson(context, (question) => {
      asked.push(question);
      return Promise.resolve(left.shift() ?? '');
    });
    return { read, asked };
  }

  it('take what is offered for an empty answer', async () => {
    const { read } = await answering('', '10.0.0.0/28', '', '', '');
    expect(read).toEqual({
      name: 'default',
      addresses: ['10.0.0.0/28'],
      gateway: undefined,
      interfaces: [],
      install: true,
    });
  });

  it('are asked again with the reason, where the answer is none', async () => {
    const { read, asked } = await answering(
      'home',
      '10.0.0.9-10.0.0.1',
      '10.0.0.1-10.0.0.9',
      'x',
      '10.0.1.1',
      'eth0, eth1',
      'y',
    );
    expect(read).toEqual({
      name: 'home',
      addresses: ['10.0.0.1-10.0.0.9'],
      gateway: '10.0.1.1',
      interfaces: ['eth0', 'eth1'],
      install: false,
    });
    expect(asked.join('')).toContain('ends before it starts. Write 10.0.0.1-10.0.0.9.');
    expect(asked.join('')).toContain('"x" is no IP address.');
  });

  it('end after too many answers that are none', async () => {
    await expect(answering('home', 'a', 'b', 'c', 'd', 'e')).rejects.toThrow(/no answer could be understood/u);
  });
});
