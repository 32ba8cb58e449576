import { Failure } from '../../../domain/failure.ts';
import { hasErrors } from '../../../domain/finding/finding.ts';
import { printFindings } from '../../../domain/finding/print-findings.ts';
import type { NamedEnvironment } from '../../../engine/compare-loaded.ts';
import { loadAll, readTree } from '../compose/environment.ts';
import { loadOperands, manifestOptions } from '../compose/given-files.ts';
import { findingsFormats, formatFindings, fromRepositoryRoot, machineFormat } from '../compose/findings-output.ts';
import { type Repairable, repairAsAsked, repairOptions } from '../compose/repair.ts';
import { writableRoot } from '../compose/source.ts';
import type { SourceFile } from '../../../ports/source.ts';
import { exitCode } from '../exit-code.ts';
import { environmentOption, sourceOptions } from '../option-sets.ts';
import type { Verb, VerbContext } from '../verb.ts';

export const validate: Verb = {
  usage: '[--env ENV … | FILE|DIR|- …] [--fix [--dry-run]] [-o FORM]',
  about:
    'Reads the environments and shows every mistake at once: place, cause and way out. Without --env all environments are\nread. With FILE or DIR it reads plain manifests in their place, as one configuration: resources of metallb.io, Services,\nthe old ConfigMap and configInline of Helm. Needs no cluster.',
  operands: 'FILE',
  options: {
    env: { ...environmentOption.env, multiple: true, description: 'only this environment; may be given several times' },
    ...sourceOptions,
    ...manifestOptions,
    ...repairOptions,
    output: {
      type: 'string',
      short: 'o',
      choices: findingsFormats,
      description: 'form of the findings (default: text)',
    },
  },
  examples: [
    'metalwave validate',
    'metalwave validate --env prod -o json',
    'metalwave validate -o sarif > metalwave.sarif',
    'metalwave validate clusters/home/metallb',
    'kustomize build . | metalwave validate -',
    'metalwave validate --fix --dry-run',
    'metalwave validate --config-repo https://git.example.com/lb.git --revision main',
  ],
  exits: ['0  nothing worse than warnings', '1  errors were found', '2  could not run'],
  async run(context) {
    const read = context.operands.length > 0 ? await validateFiles(context) : await validateEnvironments(context);
    const report = { ...read, ...(await repairAsAsked(context, read)) };
    const format = machineFormat(context.options.text('output'));
    if (format !== undefined) {
      const files = report.files.map((file) => file.path);
      const root = format === 'json' ? undefined : context.options.text('config-path');
      context.out(await formatFindings(format, fromRepositoryRoot({ ...report, files }, root)));
    } else {
      context.out(printFindings(report.findings, { colour: context.colourOut, silenced: report.silenced }));
      if (!context.quiet && report.findings.length === 0) {
        const allowed = report.silenced > 0 ? ` (${String(report.silenced)} silenced)` : '';
        context.out(`${report.subject}: no findings${allowed}.\n`);
      }
    }
    return hasErrors(report.findings) ? exitCode.failed : exitCode.good;
  },
};

type Judgement = ReturnType<Repairable['judge']>;

interface Report extends Repairable {
  /** What was read, for a run without findings. */
  readonly subject: string;
}

async function validateEnvironments(context: VerbContext): Promise<Report> {
  const tree = await readTree(context, { versioned: false });
  const names = context.options.texts('env');
  const loaded = loadAll(tree, names);
  const files = tree.files.filter((file) => loaded.some(({ name }) => file.path.startsWith(`environments/${name}/`)));
  const judge = (repaired: readonly SourceFile[]): Judgement => {
    const byPath = new Map(repaired.map((file) => [file.path, file]));
    return judgementOf(loadAll({ ...tree, files: tree.files.map((file) => byPath.get(file.path) ?? file) }, names));
  };
  const subject = loaded.map((one) => one.name).join(', ');
  return { files, ...judgementOf(loaded), subject, judge, root: writableRoot(context) };
}

function judgementOf(loaded: readonly NamedEnvironment[]): Judgement {
  const silenced = loaded.reduce((sum, one) => sum + one.silenced, 0);
  return { findings: loaded.flatMap((one) => one.findings), silenced };
}

async function validateFiles(context: VerbContext): Promise<Report> {
  const { files, findings, silenced, found, around, ignored, judge } = await loadOperands(context);
  if (found === 0 && around === 0 && findings.length === 0) {
    throw new Failure({
      code: 'source-not-found',
      retry: 'never',
      message: `nothing of MetalLB was found in ${context.operands.join(', ')}`,
      remedy:
        'It reads resources of metallb.io, Services of type LoadBalancer, the old ConfigMap and configInline of Helm from *.yaml, *.yml and *.json.',
    });
  }
  if (context.verbose) {
    const others = `${String(ignored)} other document${ignored === 1 ? '' : 's'}`;
    context.err(`${String(found)} objects for MetalLB in ${String(files.length)} files; ${others} passed over.\n`);
  }
  const root = context.operands.includes('-') ? undefined : context.folder;
  return { files, findings, silenced, subject: context.operands.join(', '), judge, root };
}
