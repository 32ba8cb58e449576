import { describe, expect, it } from 'vitest';
import { schemaChecker } from '../../../src/adapters/schema/schema-checker.ts';
import { openYamlDocuments } from '../../../src/adapters/yaml/yaml-documents.ts';
import { type Judge, type Judged, repairAll } from '../../../src/apps/cli/compose/repair-files.ts';
import { loadGivenFiles } from '../../../src/engine/load-given-files.ts';
import { mistakesWithAnnouncements } from '../../mistakes/announcement-mistakes.ts';
import { mistakesWithConfigs } from '../../mistakes/config-mistakes.ts';
import type { Mistake } from '../../mistakes/mistake.ts';
import { mistakesWithPools } from '../../mistakes/pool-mistakes.ts';
import { mistakesWithServices } from '../../mistakes/service-mistakes.ts';

/** Mistakes that people told of in public, in files of our own making. */
const mistakes = [...mistakesWithPools, ...mistakesWithAnnouncements, ...mistakesWithServices, ...mistakesWithConfigs];
const documents = openYamlDocuments();
const assumed = { version: undefined, backend: undefined };

const judge: Judge = (files) => loadGivenFiles({ files, documents, checker: schemaChecker, assumed });

function judged({ text }: Mistake): Judged {
  const path = text.startsWith('metallb:') ? 'environments/dev/config-dev.yaml' : 'metallb.yaml';
  const files = [{ path, id: text, bytes: new TextEncoder().encode(text) }];
  return { files, ...judge(files) };
}

function lineOf({ text, at }: Mistake): number {
  const index = text.split('\n').findIndex((line) => line.trim() === at);
  if (index === -1) {
    throw new Error(`no line of the file is ${at}`);
  }
  return index + 1;
}

const titled = mistakes.map((one): readonly [string, Mistake] => [one.mistake, one]);

describe('of the mistakes that people really made', () => {
  it('there are more than fifty, each once', () => {
    expect(mistakes.length).toBeGreaterThan(50);
    expect(new Set(mistakes.map(({ mistake, text }) => `${mistake}\n${text}`)).size).toBe(mistakes.length);
  });

  it.each(titled)('%s is found where it stands', (_, one) => {
    const { findings } = judged(one);
    const told = findings.map(({ code, place }) => [code, place.line]);
    expect(told).toContainEqual([one.code, lineOf(one)]);
    const found = findings.filter(({ code, place }) => code === one.code && place.line === lineOf(one));
    expect(found).toHaveLength(1);
    expect(found[0]?.place.endColumn).toBeGreaterThan(found[0]?.place.column ?? 0);
    expect(found[0]?.remedy).not.toBe('');
  });

  it.each(titled.filter(([, { becomes }]) => becomes !== undefined))('%s is repaired by --fix', (_, one) => {
    const before = judged(one);
    const after = repairAll(before, judge);
    const lines = new TextDecoder().decode(after.files[0]?.bytes).split('\n');
    expect(lines[lineOf(one) - 1]?.trim()).toBe(one.becomes);
    expect(after.findings.filter(({ code, place }) => code === one.code && place.line === lineOf(one))).toEqual([]);
    const known = new Set(before.findings.map(({ code }) => code));
    expect(after.findings.filter(({ code }) => !known.has(code))).toEqual([]);
  });

  it.each(titled.filter(([, { becomes }]) => becomes === undefined))('%s is left to a person by --fix', (_, one) => {
    expect(new TextDecoder().decode(repairAll(judged(one), judge).files[0]?.bytes)).toBe(one.text);
  });
});
