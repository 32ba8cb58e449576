import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { junitReport } from '../../../../src/domain/finding/output/junit.ts';
import { finding, hostileFindings } from './hostile-findings.ts';
import { readXml, type XmlElement } from './xml-reader.ts';

/** What Jenkins' junit-10.xsd asks of the parts in use: names, counts, and what may stand in what. */
function check(root: XmlElement): void {
  expect(root.name).toBe('testsuites');
  for (const suite of root.children) {
    expect(suite.name).toBe('testsuite');
    expect(suite.attributes.has('name')).toBe(true);
    expect(suite.attributes.get('tests')).toBe(String(suite.children.length));
    const failures = suite.children.filter(({ children }) => children.some(({ name }) => name === 'failure'));
    expect(suite.attributes.get('failures')).toBe(String(failures.length));
    for (const one of suite.children) {
      expect(one.name).toBe('testcase');
      expect([...one.attributes.keys()]).toEqual(['name', 'classname']);
      expect(one.children.every(({ name }) => name === 'failure' || name === 'system-out')).toBe(true);
    }
  }
  const sum = (name: string): number =>
    root.children.reduce((all, suite) => all + Number(suite.attributes.get(name)), 0);
  expect(root.attributes.get('tests')).toBe(String(sum('tests')));
  expect(root.attributes.get('failures')).toBe(String(sum('failures')));
}

describe('findings as JUnit', () => {
  it('are well-formed whatever they hold, a suite a file and a case a finding', () => {
    fc.assert(
      fc.property(hostileFindings, (findings) => {
        const root = readXml(junitReport({ files: [], findings }));
        check(root);
        const cases = root.children.flatMap(({ children }) => children);
        expect(cases).toHaveLength(findings.length);
        expect(root.children).toHaveLength(new Set(findings.map(({ place }) => place.file)).size);
      }),
      { numRuns: 60 },
    );
  });

  it('give the cause back as it was, and let warnings pass', () => {
    const message = 'a < b & "c" \'d\' ]]>';
    const root = readXml(
      junitReport({ files: [], findings: [finding('unknown-key', 7, { message }), finding('pool-unknown', 8)] }),
    );
    const cases = root.children[0]?.children ?? [];
    expect(cases[0]?.children[0]?.attributes.get('message')).toBe(message);
    expect(cases[0]?.children[0]?.attributes.get('type')).toBe('unknown-key');
    expect(cases[1]?.children.map(({ name }) => name)).toEqual(['system-out']);
  });

  it('have a case that passes for every file without findings', () => {
    const root = readXml(junitReport({ files: ['environments/dev/config-dev.yaml'], findings: [] }));
    check(root);
    expect(root.children[0]?.children[0]?.attributes.get('name')).toBe('no findings');
  });
});
