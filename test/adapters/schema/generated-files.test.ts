import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { generatedFiles } from '../../../scripts/generate/outputs.ts';

const files = await generatedFiles();

describe('generated files', () => {
  it.each([...files.keys()])('%s is what the table of the API and the schema make today', (path) => {
    expect(readFileSync(path, 'utf8') === files.get(path), `${path} is stale: run npm run generate`).toBe(true);
  });

  it('hold a validator that imports nothing, so that a check starts at once', () => {
    const code = files.get('src/adapters/schema/environment-validator.generated.js') ?? '';
    // ajv's helper carries its own name as a text; what counts is that nothing is loaded.
    const loads = /(?:^|[;\n])\s*import[\s{*"'(]|(?<!code=')\brequire\(|new Function/.test(code);
    expect(loads).toBe(false);
    expect(code.length).toBeLessThan(250_000);
  });
});
