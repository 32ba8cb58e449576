import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { generateAlertRules, generateTemplates } from '../../scripts/generate/render-sources.ts';
import type { MetalLbSettings } from '../../src/domain/environment/environment.ts';
import { type JsonObject, textAt, valueAt } from '../../src/domain/json.ts';
import { alertRules } from '../../src/domain/render/alert-rules.ts';
import { sampleEnvironment } from '../domain/render/sample-environment.ts';

const root = new URL('../../', import.meta.url).pathname;
const promtool = spawnSync('promtool', ['--version']).status === 0;
if (!promtool && process.env['CI'] === 'true') {
  throw new Error('promtool (Debian package prometheus) is not installed; with CI=true nothing may be skipped');
}

function rulesOf(metallb: Partial<MetalLbSettings> = {}): readonly JsonObject[] {
  return alertRules(sampleEnvironment(metallb).metallb);
}

function ruleOf(alert: string, metallb: Partial<MetalLbSettings> = {}): JsonObject {
  const found = rulesOf(metallb).find((rule) => textAt(rule, 'alert') === alert);
  if (found === undefined) {
    throw new Error(`no rule ${alert}`);
  }
  return found;
}

const { monitoring } = sampleEnvironment().metallb;

describe('the alert rules', () => {
  it('are the eight of the specification, with its severities and durations', () => {
    const facts = rulesOf().map((rule) => [rule['alert'], rule['for'], textAt(rule, 'labels', 'severity')]);
    expect(facts).toEqual([
      ['MetalLBControllerDown', '5m', 'critical'],
      ['MetalLBAllSpeakersDown', '5m', 'critical'],
      ['MetalLBIPPoolFull', '1m', 'critical'],
      ['MetalLBMetricsMissing', '10m', 'critical'],
      ['MetalLBSpeakerDown', '2m', 'warning'],
      ['MetalLBIPPoolExhausted', '5m', 'warning'],
      ['MetalLBBGPSessionDown', '2m', 'warning'],
      ['MetalLBStaleConfig', '10m', 'warning'],
    ]);
  });

  it("take the environment's threshold", () => {
    const rule = ruleOf('MetalLBIPPoolExhausted', { monitoring: { ...monitoring, poolUsageThreshold: 0.75 } });
    expect(textAt(rule, 'expr')).toContain('>= 0.75');
    expect(textAt(rule, 'expr')).not.toContain('0.9');
  });

  it('bear the labels of the environment, which cannot change a severity', () => {
    const alertLabels = { team: 'network', severity: 'none' };
    const rule = ruleOf('MetalLBStaleConfig', { monitoring: { ...monitoring, alertLabels } });
    expect(valueAt(rule, 'labels')).toEqual({ team: 'network', severity: 'warning' });
  });

  it('never call a pool full that is reserved for one Service', () => {
    const pools = [
      { name: 'default', spec: { addresses: ['10.0.0.0/28'], autoAssign: false } },
      { name: 'dns.site', spec: { addresses: ['10.0.1.1/32'], autoAssign: false } },
      { name: 'api', spec: { addresses: ['10.0.1.2 - 10.0.1.2'], autoAssign: false } },
      { name: 'v6', spec: { addresses: ['fd00::1/128'], autoAssign: false } },
      { name: 'v6-wide', spec: { addresses: ['fd00::/32'], autoAssign: false } },
      { name: 'single', spec: { addresses: ['10.0.1.3/32'] } },
      { name: 'two', spec: { addresses: ['10.0.1.4/32', '10.0.1.5/32'], autoAssign: false } },
    ];
    const expr = textAt(ruleOf('MetalLBIPPoolFull', { pools }), 'expr') ?? '';
    expect(expr.match(/\{[^}]*\}/gu)).toEqual(Array(3).fill(String.raw`{pool!~"api|dns\\.site|v6"}`));
  });

  it.skipIf(!promtool).each(readdirSync(join(root, 'alerts/tests')))('fire and stay silent: %s', (file) => {
    const { status, stdout, stderr } = spawnSync('promtool', ['test', 'rules', join(root, 'alerts/tests', file)], {
      encoding: 'utf8',
    });
    expect(status, stdout + stderr).toBe(0);
  });

  it.skipIf(!promtool)('are valid for Prometheus with every setting in use', () => {
    const folder = mkdtempSync(join(tmpdir(), 'metalwave-rules-'));
    try {
      const file = join(folder, 'rules.yaml');
      const pools = [{ name: 'dns.site', spec: { addresses: ['10.0.1.1/32'], autoAssign: false } }];
      const rules = rulesOf({
        pools,
        monitoring: { ...monitoring, poolUsageThreshold: 0.5, alertLabels: { team: 'a' } },
      });
      writeFileSync(file, JSON.stringify({ groups: [{ name: 'metallb.rules', rules }] }));
      const { status, stderr } = spawnSync('promtool', ['check', 'rules', file], { encoding: 'utf8' });
      expect(status, stderr).toBe(0);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('each have an entry in the runbook', () => {
    const runbook = readFileSync(join(root, 'alerts/runbook.md'), 'utf8');
    for (const rule of rulesOf()) {
      const name = textAt(rule, 'alert') ?? '';
      expect(runbook).toContain(`## ${name}\n`);
      expect(textAt(rule, 'annotations', 'runbook')).toBe(`alerts/runbook.md#${name.toLowerCase()}`);
    }
  });
});

describe('what is generated for the render', () => {
  it.each([generateAlertRules, generateTemplates])('is current: %o', (generate) => {
    const { path, text } = generate(root);
    expect(readFileSync(join(root, path), 'utf8')).toBe(text);
  });
});
