import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseArguments } from '../../../src/apps/cli/arguments.ts';
import { productVersion as version } from '../../../src/domain/product-version.generated.ts';

const table = {
  env: { type: 'string', short: 'e', multiple: true, description: '' },
  output: { type: 'string', short: 'o', choices: ['text', 'json'], description: '' },
  'dry-run': { type: 'boolean', description: '' },
} as const;

describe('the command line', () => {
  it('reads options, short options, repeated options and operands', () => {
    const { options, operands } = parseArguments(
      'x',
      ['--env', 'a', '-e', 'b', '--dry-run', 'file', '-o', 'json'],
      table,
    );
    expect(options.texts('env')).toEqual(['a', 'b']);
    expect(options.text('output')).toBe('json');
    expect(options.flag('dry-run')).toBe(true);
    expect(options.text('missing')).toBeUndefined();
    expect(operands).toEqual(['file']);
  });

  it.each([
    [['--dryrun'], 'unknown option --dryrun; did you mean --dry-run?'],
    [['--env'], /'-e, --env <value>' argument missing/u],
    [['-o', 'xml'], '--output xml: it is one of text, json'],
    [['--dry-run=yes'], /does not take an argument/u],
  ])('refuses %j and says what it takes', (args, message) => {
    expect(() => parseArguments('x', args, table)).toThrow(message);
  });

  it('says the version that package.json says', () => {
    const described = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly version: string };
    expect(version).toBe(described.version);
  });
});
