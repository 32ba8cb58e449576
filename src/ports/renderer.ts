import type { Environment } from '../domain/environment/environment.ts';
import type { Manifest } from '../domain/manifest/manifest.ts';

/** Environment to manifests: the same environment gives the same list, byte for byte. */
export interface Renderer {
  render(environment: Environment): readonly Manifest[];
}
