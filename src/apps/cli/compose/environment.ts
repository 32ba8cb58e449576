import { yamlDocuments } from '../../../adapters/yaml/yaml-documents.ts';
import { schemaChecker } from '../../../adapters/schema/schema-checker.ts';
import { Failure } from '../../../domain/failure.ts';
import type { Environment } from '../../../domain/environment/environment.ts';
import { hasErrors } from '../../../domain/finding/finding.ts';
import { type NamedEnvironment, withComparison } from '../../../engine/compare-loaded.ts';
import { EnvironmentCache } from '../../../engine/environment-cache.ts';
import { isEnvironmentFile, listEnvironments, loadEnvironment } from '../../../engine/load-environment.ts';
import type { SourceTree } from '../../../ports/source.ts';
import type { VerbContext } from '../verb.ts';
import { showFindings } from './show-findings.ts';
import { requireSignedSinceDeployed } from './signed-since-deployed.ts';
import { checksSinceDeployed, openSource, type SignedPart } from './source.ts';

/** What this process has read: a run that is tried again, or a repair that is judged again, reads only what changed. */
const cache = new EnvironmentCache();

/** The files that configure environments, at the revision of this call. */
export async function readTree(
  context: VerbContext,
  { versioned, signed }: { readonly versioned: boolean; readonly signed?: SignedPart } = { versioned: true },
): Promise<SourceTree> {
  const source = await openSource(context, versioned, signed);
  const revision = await source.resolve(context.signal);
  return source.read(revision, isEnvironmentFile, context.signal);
}

/** Loads the named environments, or all there are, and compares them with each other. */
export function loadAll(tree: SourceTree, names: readonly string[]): readonly NamedEnvironment[] {
  const wanted = names.length > 0 ? names : listEnvironments(tree);
  if (wanted.length === 0) {
    throw new Failure({
      code: 'environment-not-found',
      retry: 'never',
      message: 'no environment was found',
      remedy:
        'An environment is a file environments/NAME/config-NAME.yaml; --config-repo and --config-path say where to look.',
    });
  }
  const loaded = wanted.map((name) => ({
    name,
    ...loadEnvironment({ tree, name, documents: yamlDocuments, checker: schemaChecker, cache }),
  }));
  return withComparison(yamlDocuments, loaded);
}

/** The environment that `--env` names, or the only one there is. */
export function environmentName(context: VerbContext, tree: SourceTree): string {
  const named = context.options.text('env');
  if (named !== undefined) {
    return named;
  }
  const all = listEnvironments(tree);
  const [only] = all;
  if (only !== undefined && all.length === 1) {
    return only;
  }
  throw new Failure({
    code: 'usage',
    retry: 'never',
    message: all.length === 0 ? 'no environment was found' : `which environment? There are ${all.join(', ')}`,
    remedy: 'Name it with --env.',
  });
}

export interface ReadyEnvironment {
  readonly environment: Environment;
  readonly revision: string;
  /** Who signed the commit, where that was checked. */
  readonly signer: string | undefined;
}

/**
 * One environment, ready to work with, and its revision. Findings go to standard error; with an error among them the result
 * is undefined and the verb ends. Where all commits must be signed, its cluster says since which one, unless there is
 * none to ask (`offline`): then it is the whole history.
 */
export async function loadOne(
  context: VerbContext,
  where: 'with-cluster' | 'offline' = 'with-cluster',
): Promise<ReadyEnvironment | undefined> {
  const sinceDeployed = where === 'with-cluster' && checksSinceDeployed(context);
  const tree = await readTree(context, { versioned: true, signed: sinceDeployed ? 'head' : 'as-asked' });
  const name = environmentName(context, tree);
  const [loaded] = loadAll(tree, [name]);
  const { findings = [], silenced = 0 } = loaded ?? {};
  showFindings(context, name, { findings, silenced });
  if (loaded?.environment === undefined || hasErrors(findings)) {
    return undefined;
  }
  if (sinceDeployed) {
    await requireSignedSinceDeployed(context, loaded.environment, tree.revision);
  }
  const { id, signer } = tree.revision;
  return { environment: loaded.environment, revision: id, signer: signer?.name };
}
