import Ajv from 'ajv';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { AddressPlan } from '../../../src/domain/address-plan/address-plan.ts';
import { plainPalette } from '../../../src/domain/palette.ts';
import { planJson } from '../../../src/domain/plan/plan-json.ts';
import type { Plan } from '../../../src/domain/plan/plan.ts';
import { printAddresses } from '../../../src/domain/plan/print-addresses.ts';
import { printPlanMarkdown } from '../../../src/domain/plan/print-plan-markdown.ts';
import { printPlan } from '../../../src/domain/plan/print-plan.ts';
import { addressPlan, outcome, poolOutcome, stirredPlan } from './address-plans.ts';
import { planOf, pool } from './objects.ts';

function text(plan: AddressPlan, all = false): string {
  return printAddresses({ state: 'predicted', plan }, plainPalette, all).join('\n');
}

function still(plan: AddressPlan): string {
  return printPlan({ ...planOf({ rendered: [] }), addresses: { state: 'predicted', plan } });
}

function withAddresses(plan: AddressPlan): Plan {
  const rendered = [{ step: 'pools', object: pool('fresh', '10.9.0.0/28') }] as const;
  return { ...planOf({ rendered }), addresses: { state: 'predicted', plan } };
}

describe('printAddresses', () => {
  it('says what will happen to whom, then why, then what happens to the pools', () => {
    expect(text(stirredPlan))
      .toBe(`Addresses: 1 Service loses its address, 1 moves, 1 gets a new one, 1 stays without, 38 keep theirs, 1 of them advertised otherwise.
  - shop/web   192.168.1.220 → none
      It asks for 192.168.1.220, which no pool has any more.
  ~ shop/api   192.168.1.221 → 192.168.1.230 or 192.168.1.231
      The pool public no longer has 192.168.1.221.
  ! shop/wait  none
      No pool admits it.
  + shop/new   none → 10.9.0.0
      The pool fresh has a free address.
  ~ db/main    10.0.0.1 stays
      n2 no longer announces 10.0.0.1.
Pools
  + fresh   0 → 16 IPv4, 0 → 2^64 IPv6, in use 0 → 1
      + 10.9.0.0/28 (16)
  ~ public  31 → 21 IPv4, in use 14 → 12 to 13
      - 192.168.1.220-192.168.1.229 (10)
`);
  });

  it('begins with the refusal of a whole configuration, in every form', () => {
    const refused = addressPlan({ refused: 'pool a and pool b overlap' });
    expect(text(refused)).toMatch(
      /^MetalLB would refuse its whole configuration after this change: pool a and pool b/u,
    );
    expect(printPlanMarkdown(withAddresses(refused))).toContain('would refuse its whole configuration');
    expect(planJson(withAddresses(refused))).toMatchObject({ addresses: { refused: 'pool a and pool b overlap' } });
  });

  it.each<[string, Partial<AddressPlan>, string]>([
    ['nobody', {}, 'there is no Service of type LoadBalancer'],
    ['all stay', { services: [outcome('a/b'), outcome('a/c')] }, '2 Services keep their addresses'],
    ['one stays', { services: [outcome('a/b')] }, '1 Service keeps its address'],
    [
      'one may lose its own',
      { services: [outcome('a/b', { verdict: 'lost', after: [[], ['10.0.0.1']] })] },
      '1 Service may lose its address',
    ],
    [
      'some may move, others do',
      {
        services: [
          outcome('a/b', { verdict: 'moved', after: [['10.0.0.2']] }),
          outcome('a/c', { verdict: 'moved', after: [['10.0.0.1'], ['10.0.0.2']] }),
        ],
      },
      '1 Service moves to another address, 1 may move',
    ],
    [
      'half a dual stack is lost',
      { services: [outcome('a/b', { before: ['10.0.0.1', 'fd00::1'], verdict: 'lost', after: [['10.0.0.1']] })] },
      '1 Service loses its address',
    ],
  ])('has one line for it: %s', (_name, facts, line) => {
    expect(text(addressPlan(facts)).split('\n')[0]).toBe(`Addresses: ${line}.`);
  });

  it('lists those that stay only when all are asked for', () => {
    expect(text(stirredPlan)).not.toContain('team/kept-7');
    expect(text(stirredPlan, true)).toContain('= team/kept-7   10.0.0.1');
    expect(text(stirredPlan, true)).toContain('= calm    16 IPv4, in use 2');
  });

  it('cuts a long list and says so', () => {
    const services = Array.from({ length: 250 }, (_, index) =>
      outcome(`a/s-${index}`, { verdict: 'lost', after: [[]] }),
    );
    expect(text(addressPlan({ services }))).toContain('… and 150 more: -v lists them all.');
    expect(text(addressPlan({ services }), true)).toContain('a/s-249');
  });

  it('writes out few alternatives and counts many, and says where it is a sample', () => {
    const after = Array.from({ length: 12 }, (_, index) => [`10.0.1.${index}`]);
    const moved = (facts: object): string =>
      text(addressPlan({ exact: false, services: [outcome('a/b', { verdict: 'moved', after, ...facts })] }));
    expect(moved({})).toContain('10.0.0.1 → one of 12, such as 10.0.1.0');
    expect(moved({ exact: false })).toContain('one of at least 12, such as 10.0.1.0');
    expect(moved({ exact: false })).toContain('a sample');
  });

  it('counts what is beyond counting in a form one can read', () => {
    const capacity = {
      before: { ipv4: '0', ipv6: '18446744073709551616' },
      after: { ipv4: '0', ipv6: '18446744073709551615' },
    };
    const pools = [poolOutcome('six', { capacity, used: { before: 0, after: { least: 1, most: 1 } } })];
    expect(text(addressPlan({ pools }))).toContain('= six  2^64 → about 1.8e19 IPv6, in use 0 → 1');
  });

  it('says why where nothing can be predicted', () => {
    const reason = 'the credentials do not allow to list services';
    expect(printAddresses({ state: 'unknown', reason }, plainPalette, false).join('\n')).toBe(
      `Addresses: not predicted, because ${reason}\n`,
    );
  });

  it('cannot be made to move the cursor or turn the reading direction', () => {
    const hostile = '\u001B[2J\u202Eevil';
    const services = [outcome(`a/${hostile}`, { verdict: 'lost', after: [[hostile]], reason: hostile })];
    const printed = text(
      addressPlan({
        services,
        notes: [hostile],
        pools: [poolOutcome(hostile, { exists: { before: false, after: true } })],
      }),
    );
    expect(printed).not.toContain('\u001B');
    expect(printed).not.toContain('\u202E');
  });
});

describe('a plan with addresses', () => {
  it('ends with the line that tools of the field read', () => {
    expect(printPlan(withAddresses(stirredPlan)).trimEnd().split('\n').at(-1)).toBe(
      'Plan: 1 to add, 0 to change, 0 to destroy.',
    );
  });

  it('says nothing of them where nothing changes, but tells of who waits', () => {
    expect(still(addressPlan({ services: [outcome('a/b')] }))).not.toContain('Addresses');
    expect(still(stirredPlan)).toContain('! shop/wait');
  });

  it('is a comment with tables, and folds away who stays', () => {
    expect(printPlanMarkdown(withAddresses(stirredPlan))).toContain(`
**Addresses: 1 Service loses its address, 1 moves, 1 gets a new one, 1 stays without, 38 keep theirs, 1 of them advertised otherwise.**

| Service | Now | After | Why |
| --- | --- | --- | --- |
| 🔴 \`shop/web\` | \`192.168.1.220\` | \`none\` | \`It asks for 192.168.1.220, which no pool has any more.\` |
| 🟠 \`shop/api\` | \`192.168.1.221\` | \`192.168.1.230 or 192.168.1.231\` | \`The pool public no longer has 192.168.1.221.\` |
| 🟠 \`db/main\` | \`10.0.0.1\` | \`10.0.0.1\` | \`n2 no longer announces 10.0.0.1.\` |
| 🟡 \`shop/wait\` | — | \`none\` | \`No pool admits it.\` |
| 🟢 \`shop/new\` | — | \`10.9.0.0\` | \`The pool fresh has a free address.\` |

| Pool | Added | Removed | Addresses | In use |
| --- | --- | --- | --- | --- |
| \`fresh\` new | \`10.9.0.0/28 (16)\` | — | 0 → 16 IPv4, 0 → 2^64 IPv6 | 0 → 1 |
| \`public\` | — | \`192.168.1.220-192.168.1.229 (10)\` | 31 → 21 IPv4 | 14 → 12 to 13 |

<details><summary>37 Services stay as they are</summary>
`);
  });

  it('keeps hostile names inside their cells, and fits a comment', () => {
    const hostile = '`|</details> @everyone [a](javascript:x)';
    const services = Array.from({ length: 3_000 }, (_, index) =>
      outcome(`a/${hostile}${index}`, { verdict: 'lost', after: [[]], reason: hostile }),
    );
    const markdown = printPlanMarkdown(withAddresses(addressPlan({ services })));
    expect(markdown.length).toBeLessThan(65_000);
    expect(markdown).toContain('… and 2900 more');
    const rows = markdown.split('\n').filter((line) => line.startsWith('| 🔴'));
    expect(rows.every((row) => row.split(/(?<!\\)\|/u).length === 6)).toBe(true);
    expect(markdown.replaceAll(/(`+)(?:(?!\1).)+?\1(?!`)/gsu, '')).not.toContain('@everyone');
  });

  it.each<[string, Plan]>([
    ['an environment', withAddresses(stirredPlan)],
    ['plain manifests', { ...withAddresses(stirredPlan), manifests: { paths: ['a.yaml'], live: 'b', prune: false } }],
    ['unknown addresses', { ...withAddresses(stirredPlan), addresses: { state: 'unknown', reason: 'no rights' } }],
  ])('is JSON as the published schema has it, for %s', (_name, plan) => {
    const schema = JSON.parse(readFileSync('schemas/plan.schema.json', 'utf8')) as object;
    const validate = new Ajv.default({ allErrors: true, strict: true }).compile(schema);
    const json: unknown = JSON.parse(JSON.stringify(planJson(plan)));
    expect(validate(json), JSON.stringify(validate.errors)).toBe(true);
  });

  it('gives each Service with its end where it is certain, and all possible ends', () => {
    const json = JSON.parse(JSON.stringify(planJson(withAddresses(stirredPlan)))) as {
      readonly addresses: { readonly services: readonly { readonly name: string }[] };
    };
    const named = (name: string): unknown => json.addresses.services.find((service) => service.name === name);
    expect(named('web')).toMatchObject({ namespace: 'shop', verdict: 'lost', before: ['192.168.1.220'], after: [] });
    expect(named('api')).toMatchObject({ possible: [['192.168.1.230'], ['192.168.1.231']], exact: true });
    expect(named('api')).not.toHaveProperty('after');
  });
});
