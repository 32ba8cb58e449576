import { describe, expect, it } from 'vitest';
import { parseArguments } from '../../../src/apps/cli/arguments.ts';
import { commandAsTyped } from '../../../src/apps/cli/compose/command-as-typed.ts';
import { contextFor } from '../../../src/apps/cli/compose/context.ts';
import { globalOptions } from '../../../src/apps/cli/option-sets.ts';
import { sync } from '../../../src/apps/cli/verbs/sync.ts';

function typed(...args: readonly string[]): string {
  const parsed = parseArguments('sync', args, { ...sync.options, ...globalOptions });
  return commandAsTyped(contextFor(parsed, new AbortController().signal), ['sync', '--env', 'dev']);
}

describe('the command that a plan names', () => {
  it('is for the same configuration and cluster as the call that made it', () => {
    expect(typed()).toBe('metalwave sync --env dev');
    const options = '--config-repo ssh://git@host/conf.git --revision v1 --kubeconfig /etc/k --context a@b';
    expect(typed('--wait', ...options.split(' '), '--allow-dirty')).toBe(
      `metalwave sync --env dev ${options} --allow-dirty`,
    );
  });

  it('can be given to a shell, whatever is in it', () => {
    expect(typed('--config-repo', "it's here", '--context', '$(boom)')).toBe(
      "metalwave sync --env dev --config-repo 'it'\\''s here' --context '$(boom)'",
    );
  });
});
