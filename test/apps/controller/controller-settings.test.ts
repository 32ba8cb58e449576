import { describe, expect, it } from 'vitest';
import { parseArguments } from '../../../src/apps/cli/arguments.ts';
import { controller } from '../../../src/apps/cli/verbs/controller.ts';
import { type ControllerSettings, controllerSettings } from '../../../src/apps/controller/controller-settings.ts';

interface Surroundings {
  readonly env?: { readonly [name: string]: string };
  readonly podNamespace?: string;
}

function settings(args: readonly string[], { env = {}, podNamespace }: Surroundings = {}): ControllerSettings {
  const rewritten = controller.rewrite?.(args) ?? args;
  const { options } = parseArguments('controller', rewritten, controller.options);
  return controllerSettings({ options, env, podNamespace });
}

describe('the settings of the controller', () => {
  it("are those of MetalLB's manifests where nothing is said", () => {
    expect(settings([])).toMatchObject({
      namespace: 'metallb-system',
      port: 7472,
      healthPort: 0,
      logLevel: 'info',
      elects: true,
      lbClass: undefined,
      reservation: undefined,
    });
  });

  it("are read from MetalLB's flags in Go's style as in ours", () => {
    const given = ['-port', '9120', '-lb-class=a/b', '--log-level', 'all', '-leader-elect', '-namespace=lb'];
    expect(settings(given)).toMatchObject({
      port: 9120,
      lbClass: 'a/b',
      logLevel: 'debug',
      elects: true,
      namespace: 'lb',
    });
    expect(settings(['--leader-elect=false'])).toMatchObject({ elects: false });
  });

  it('name the flags that are taken and have no effect', () => {
    const given = [
      '-webhook-mode=disabled',
      '--disable-cert-rotation',
      '--webhook-http2=false',
      '--cert-dir',
      '/certs',
    ];
    expect(settings(given).withoutEffect).toEqual(['--cert-dir', '--webhook-mode', '--disable-cert-rotation']);
  });

  it('take the namespace from the flag, the environment or the pod', () => {
    expect(settings([], { env: { METALLB_NAMESPACE: 'lb' } }).namespace).toBe('lb');
    expect(settings([], { podNamespace: 'lb' }).namespace).toBe('lb');
    expect(settings(['--namespace=other'], { env: { METALLB_NAMESPACE: 'lb' } }).namespace).toBe('other');
  });

  it("are refused where the environment names another namespace than the pod's", () => {
    expect(() => settings([], { env: { METALLB_NAMESPACE: 'lb' }, podNamespace: 'metallb-system' })).toThrow(
      'the namespace given is lb, and this pod runs in metallb-system',
    );
  });

  it.each([
    [['--port=70000'], '--port 70000'],
    [['--port=http'], '--port http'],
    [['--namespace=A b'], 'is no name of one'],
    [['--reservation-after-delete=soon'], 'a duration is written like'],
    [['--reservation-after-delete=1h', '--reservation-limit=0'], '--reservation-limit 0'],
    [['--log-level=loud'], '--log-level loud'],
    [['--lb-klass=a'], 'did you mean --lb-class'],
  ])('refuse %j with its reason', (args, words) => {
    expect(() => settings(args)).toThrow(words);
  });

  it('read a policy for the addresses of deleted Services', () => {
    expect(settings(['--reservation-after-delete=1h30m']).reservation).toEqual({
      milliseconds: 5_400_000,
      limit: 1_000,
    });
    expect(settings(['--reservation-after-delete=0s']).reservation).toBeUndefined();
  });
});
