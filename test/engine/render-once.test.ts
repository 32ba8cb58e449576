import { expect, it } from 'vitest';
import type { Environment } from '../../src/domain/environment/environment.ts';
import { renderOnce } from '../../src/engine/render-once.ts';
import { sampleEnvironment } from '../domain/render/sample-environment.ts';

it('renders an environment once, and a changed one anew', () => {
  const rendered: Environment[] = [];
  const renderer = renderOnce({
    render: (environment) => {
      rendered.push(environment);
      return [];
    },
  });
  const before = sampleEnvironment();
  const after = { ...before, name: 'other' };
  expect(renderer.render(before)).toBe(renderer.render(before));
  renderer.render(after);
  expect(rendered).toEqual([before, after]);
});
