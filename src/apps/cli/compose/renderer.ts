import { openTemplateRenderer } from '../../../adapters/template/template-renderer.ts';
import { renderOnce } from '../../../engine/render-once.ts';
import type { Renderer } from '../../../ports/renderer.ts';

let opened: Promise<Renderer> | undefined;

/** The one renderer of this process: what a run that is tried again deploys unchanged is not rendered again. */
export async function openRenderer(): Promise<Renderer> {
  opened ??= openTemplateRenderer().then((renderer) => renderOnce(renderer));
  return opened;
}
