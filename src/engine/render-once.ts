import type { Environment } from '../domain/environment/environment.ts';
import type { Manifest } from '../domain/manifest/manifest.ts';
import type { Renderer } from '../ports/renderer.ts';

/**
 * The same renderer, which renders an environment once for as long as someone holds it. Environments are values: one that
 * changed is another one.
 */
export function renderOnce(renderer: Renderer): Renderer {
  const rendered = new WeakMap<Environment, readonly Manifest[]>();
  return {
    render: (environment) => {
      const manifests = rendered.get(environment) ?? renderer.render(environment);
      rendered.set(environment, manifests);
      return manifests;
    },
  };
}
