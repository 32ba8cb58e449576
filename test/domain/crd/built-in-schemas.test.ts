import { describe, expect, it } from 'vitest';
import { builtInSchema } from '../../../src/domain/crd/built-in-schemas.ts';
import { valueAt } from '../../../src/domain/json.ts';

describe('the schemas of built-in kinds', () => {
  it('have every field of a type also where the field has a default', () => {
    const properties = ['properties', 'spec', 'properties', 'strategy'];
    const strategy = valueAt(builtInSchema('apps/v1', 'Deployment'), ...properties);
    expect(strategy).toMatchObject({
      default: { type: 'RollingUpdate' },
      properties: { type: { type: 'string' }, rollingUpdate: { type: 'object' } },
    });
  });
});
