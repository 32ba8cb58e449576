import type { Environment } from '../../domain/environment/environment.ts';
import { canonicalJson, type Json, isJsonObject, textAt } from '../../domain/json.ts';
import type { KubeObject } from '../../domain/manifest/kube-object.ts';
import type { Manifest } from '../../domain/manifest/manifest.ts';
import { crdManifests } from '../../domain/render/crds.ts';
import { orderManifests } from '../../domain/render/manifest-order.ts';
import { renderUnits } from '../../domain/render/render-environment.ts';
import type { RenderUnit, TemplateName } from '../../domain/render/render-unit.ts';
import type { Renderer } from '../../ports/renderer.ts';

/**
 * The only way for a value into a document: as JSON, keys sorted. So no value can become structure, and the order in
 * which a config wrote its keys leaves no trace.
 */
function asJsonText(value: unknown): string {
  if (value === undefined) {
    throw new Error('bug: a template asks for a value that its model does not hold');
  }
  return canonicalJson(value as Json);
}

function isKubeObject(value: Json): value is KubeObject {
  return (
    isJsonObject(value) &&
    textAt(value, 'apiVersion') !== undefined &&
    textAt(value, 'kind') !== undefined &&
    textAt(value, 'metadata', 'name') !== undefined
  );
}

function parseDocument(name: TemplateName, text: string): KubeObject {
  const value = JSON.parse(text) as Json;
  if (!isKubeObject(value)) {
    throw new Error(`bug: template ${name} gave no Kubernetes object`);
  }
  return value;
}

/**
 * Renders environments through the templates that ship with the product. They were compiled when the product was built:
 * nothing is read from disk, and no code is made from text. Loaded here, so that verbs that render nothing pay nothing.
 */
export async function openTemplateRenderer(): Promise<Renderer> {
  const [{ default: handlebars }, { templates }] = await Promise.all([
    import('handlebars/runtime.js'),
    import('./templates.generated.ts'),
  ]);
  const runtime = handlebars.create();
  runtime.registerHelper('json', (value) => new runtime.SafeString(asJsonText(value)));
  const ready = new Map<TemplateName, (values: object) => string>();
  function textOf({ template, values }: RenderUnit): string {
    const compiled = ready.get(template) ?? runtime.template(templates[template]);
    ready.set(template, compiled);
    return compiled(values);
  }
  const manifestOf = (unit: RenderUnit): Manifest => ({
    step: unit.step,
    object: parseDocument(unit.template, textOf(unit)),
  });
  return {
    render: (environment: Environment) =>
      orderManifests([...crdManifests(environment), ...renderUnits(environment).map((unit) => manifestOf(unit))]),
  };
}
