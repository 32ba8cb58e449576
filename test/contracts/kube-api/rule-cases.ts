import { expect, vi } from 'vitest';
import type { ApiAnswer, ApiClient } from './api-client.ts';
import type { ContractCase } from './contract.ts';
import { definitionsPath, refusal } from './fixtures.ts';
import type { Stage } from './fixtures.ts';
import { ruleRows, ruledSpec } from './rule-rows.ts';

const group = 'rules.metalwave.io';

const definition = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: `rules.${group}` },
  spec: {
    group,
    names: { kind: 'Rule', plural: 'rules' },
    scope: 'Namespaced',
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: { openAPIV3Schema: { type: 'object', properties: { spec: ruledSpec } } },
      },
    ],
  },
};

const served = new WeakMap<ApiClient, Promise<void>>();

/** The definition is there before the first of these cases. */
async function serve(s: Stage): Promise<void> {
  const ready =
    served.get(s.client) ??
    (async (): Promise<void> => {
      expect((await s.call('POST', definitionsPath, definition)).code).toBe(201);
      const isTaken = async (): Promise<void> => expect((await create(s, {}, '?dryRun=All')).code).toBe(201);
      await vi.waitFor(isTaken, { timeout: 20_000, interval: 100 });
    })();
  served.set(s.client, ready);
  await ready;
}

const pathOf = (s: Stage): string => `/apis/${group}/v1/namespaces/${s.namespace}/rules`;

async function create(s: Stage, spec: unknown, query = ''): Promise<ApiAnswer> {
  const body = { apiVersion: `${group}/v1`, kind: 'Rule', metadata: { name: 'x' }, spec };
  return s.call('POST', `${pathOf(s)}${query}`, body);
}

const notAsked =
  '<nil>: Invalid value: null: some validation rules were not checked because the object was invalid; correct the existing errors to complete validation';

function sentence(told: string): string {
  const inner = told.startsWith('#') ? `[${told.slice(1)}, ${notAsked}]` : told;
  return `Rule.${group} "x" is invalid: ${inner}`;
}

const refusals = ruleRows.map(([spec, told]): ContractCase => [
  `of a ${JSON.stringify(spec)} the schema and its rules say ${told ?? 'nothing'}`,
  async (s) => {
    await serve(s);
    const answer = await create(s, spec);
    expect(told === undefined ? answer.code : refusal(answer)).toEqual(
      told === undefined ? 201 : { code: 422, reason: 'Invalid', message: sentence(told) },
    );
  },
]);

/** A change of an object by which a rule compares old and new. */
function change(behaviour: string, before: unknown, after: unknown, told: string | undefined): ContractCase {
  return [
    behaviour,
    async (s) => {
      await serve(s);
      expect((await create(s, before)).code).toBe(201);
      const answer = await s.merge(`${pathOf(s)}/x`, { spec: after });
      expect([answer.code, refusal(answer)['message']]).toEqual(
        told === undefined ? [200, undefined] : [422, sentence(told)],
      );
    },
  ];
}

/** Structural schemas in all their parts, and rules in CEL. */
export const ruleCases: readonly ContractCase[] = [
  ...refusals,
  change('what is set once stays', { once: 'a' }, { once: 'b' }, 'spec.once: Invalid value: "b": once is set once'),
  change('what is set once may be kept', { once: 'a' }, { once: 'a', a: 1 }, undefined),
  change('a rule on the old value is not asked of a new field', { a: 1 }, { once: 'b' }, undefined),
  change('an old value that may be absent is asked for', { opt: 'first' }, { opt: 'second' }, undefined),
  change(
    'items of a keyed list are followed by their key',
    {
      items: [
        { name: 'a', v: 3 },
        { name: 'b', v: 1 },
      ],
    },
    {
      items: [
        { name: 'b', v: 0 },
        { name: 'c', v: 0 },
        { name: 'a', v: 2 },
      ],
    },
    '[spec.items[0].v: Invalid value: 0: v never falls, spec.items[2].v: Invalid value: 2: v never falls]',
  ),
];
