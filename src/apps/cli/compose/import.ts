import { systemClock } from '../../../adapters/system/clock.ts';
import { sha256 } from '../../../adapters/system/digest.ts';
import { printYaml } from '../../../adapters/yaml/print-yaml.ts';
import { yamlDocuments } from '../../../adapters/yaml/yaml-documents.ts';
import type { Environment } from '../../../domain/environment/environment.ts';
import { hasErrors, type LocatedFinding } from '../../../domain/finding/finding.ts';
import { printFindings } from '../../../domain/finding/print-findings.ts';
import { environmentText } from '../../../domain/import/environment-text.ts';
import { importDraft } from '../../../domain/import/import-draft.ts';
import type { ImportNote } from '../../../domain/import/imported.ts';
import { chooseInstallation } from '../../../domain/import/installation.ts';
import { joinResources, specOf } from '../../../domain/import/join-resources.ts';
import { printNotes, printPlan, printProof } from '../../../domain/import/print-import.ts';
import type { ComparedResource } from '../../../domain/import/same-meaning.ts';
import { overridden } from '../../../domain/import/settings.ts';
import { textAt } from '../../../domain/json.ts';
import { lineOf } from '../../../domain/metallb/release.ts';
import type { Manifest } from '../../../domain/manifest/manifest.ts';
import { findMetalLb } from '../../../engine/find-metallb.ts';
import { differencesOfRender, planOfImport } from '../../../engine/prove-import.ts';
import { locateFindings } from '../../../ports/documents.ts';
import { exitCode, type ExitCode } from '../exit-code.ts';
import type { VerbContext } from '../verb.ts';
import type { ImportSource, LiveSource } from './import-source.ts';
import { type NewEnvironment, writeEnvironment } from './new-environment.ts';
import { openRenderer } from './renderer.ts';

/** An environment that was put together, not yet written. */
export interface ImportedEnvironment {
  readonly text: string;
  readonly notes: readonly ImportNote[];
  /** What must be the same once it is rendered. */
  readonly before: readonly ComparedResource[];
  /** With any of them nothing is to be written. */
  readonly problems: readonly LocatedFinding[];
}

/** Puts together what was read. */
export function composeImport(context: VerbContext, source: ImportSource, name: string): ImportedEnvironment {
  const { part, where, namespace, live } = source;
  const joined = joinResources({ found: part.resources, home: namespace, where });
  const running = live?.metalLb === undefined ? undefined : { version: live.metalLb.version, backend: live.backend };
  const asked = context.options.text('install') === undefined ? undefined : askedFor(context);
  const chosen = chooseInstallation({ part, asked: live === undefined ? asked : (asked ?? 'no'), running });
  const notes = [
    ...part.notes,
    ...joined.notes,
    ...overridden(chosen.settings),
    ...chosen.notes,
    ...passwordNotes(joined.resources),
  ];
  const draft = importDraft({
    name,
    source: source.description,
    context: context.options.text('context'),
    namespace,
    resources: joined.resources,
    settings: chosen.settings,
    notes,
    install: chosen.install,
    where,
  });
  const read = joined.resources.map((each) => ({
    list: each.list,
    name: textAt(each.value, 'name') ?? '',
    spec: specOf(each),
  }));
  const problems = locateFindings(yamlDocuments, source.files, [...part.problems, ...joined.problems]);
  return {
    text: environmentText(draft, printYaml),
    notes,
    before: live?.resources ?? read,
    problems: [...source.findings, ...problems],
  };
}

function askedFor(context: VerbContext): 'yes' | 'no' {
  return context.options.text('install') === 'yes' ? 'yes' : 'no';
}

function passwordNotes(resources: ReturnType<typeof joinResources>['resources']): readonly ImportNote[] {
  return resources
    .filter(({ value }) => textAt(value, 'password') !== undefined)
    .map(({ origin, value }) => ({
      origin,
      message: `The password of BGPPeer ${textAt(value, 'name') ?? ''} stands in clear text, there as here.`,
      remedy:
        'Put it into a Secret of type kubernetes.io/basic-auth and name that in passwordSecret before you commit.',
    }));
}

/** Writes the environment, reads it back, renders it, and says whether that is what was there. */
export async function writeAndProve(
  context: VerbContext,
  target: NewEnvironment,
  source: ImportSource,
  composed: ImportedEnvironment,
): Promise<ExitCode> {
  const say = target.file === undefined ? context.err : context.out;
  const loaded = await writeEnvironment(context, target, composed.text);
  if (target.file !== undefined) {
    say(`Wrote ${target.file}.\n`);
  }
  say(printNotes(composed.notes, source.where));
  say(printFindings(loaded.findings, { colour: target.file === undefined ? context.colourErr : context.colourOut }));
  if (loaded.environment === undefined || hasErrors(loaded.findings)) {
    say('Proof: not possible before the errors above are repaired in the new file.\n');
    return exitCode.failed;
  }
  const manifests = (await openRenderer()).render(loaded.environment);
  const differences = differencesOfRender(composed.before, manifests);
  say(printProof(composed.before.length, differences));
  const isSame = source.live === undefined || (await planAgrees(context, source.live, loaded.environment, say));
  if (differences.length === 0 && isSame && target.file !== undefined && !context.quiet) {
    say(nextSteps(target.name, source.live !== undefined));
  }
  return differences.length === 0 && isSame ? exitCode.good : exitCode.failed;
}

function nextSteps(name: string, isLive: boolean): string {
  const plan = `metalwave plan --env ${name}`;
  return isLive
    ? `Next: ${plan} shows what a sync would do, metalwave adopt --env ${name} takes the objects over.\n`
    : `Next: ${plan} compares it with the cluster.\n`;
}

/** The very plan that a sync would make, of the resources alone. */
async function planAgrees(
  context: VerbContext,
  live: LiveSource,
  environment: Environment,
  say: (text: string) => void,
): Promise<boolean> {
  if (live.isOld) {
    say('Plan: not made, since the cluster holds none of these resources yet: it has them in a form of old.\n');
    return true;
  }
  const scope = { reader: live.reader, clock: systemClock, signal: context.signal };
  const isManaged = live.metalLb !== undefined && lineOf(live.metalLb.version) !== undefined;
  const found = isManaged ? await findMetalLb(environment, scope) : environment;
  const manifests: readonly Manifest[] = (await openRenderer()).render(found);
  const plan = await planOfImport({
    ...scope,
    digest: sha256,
    environment: environment.name,
    revision: 'import',
    manifests,
    inventory: undefined,
  });
  say(printPlan(plan));
  return plan === undefined || plan.changes.length === 0;
}
