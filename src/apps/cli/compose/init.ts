import { printYaml } from '../../../adapters/yaml/print-yaml.ts';
import { Failure } from '../../../domain/failure.ts';
import { hasErrors } from '../../../domain/finding/finding.ts';
import { printFindings } from '../../../domain/finding/print-findings.ts';
import { environmentText } from '../../../domain/import/environment-text.ts';
import {
  type InitialAnswers,
  initialDraft,
  isAddress,
  readRanges,
} from '../../../domain/import/initial-environment.ts';
import { exitCode, type ExitCode } from '../exit-code.ts';
import type { VerbContext } from '../verb.ts';
import { type Ask, askFor, type Judged } from './interview.ts';
import { isEnvironmentName, placeOf, readBack, writeEnvironment } from './new-environment.ts';

const defaultName = 'default';

function usage(message: string, remedy: string): Failure {
  return new Failure({ code: 'usage', retry: 'never', message, remedy });
}

/** What the options say; a range that cannot be read is a `usage` failure. */
export function answersOfOptions({ options }: VerbContext): InitialAnswers {
  const read = readRanges(options.texts('range').join(','));
  if (!read.ok) {
    throw usage(`--range: ${read.problem}`, read.remedy);
  }
  const gateway = options.text('gateway');
  if (gateway !== undefined && !isAddress(gateway)) {
    throw usage(`--gateway ${JSON.stringify(gateway)} is no IP address`, 'Write one, such as 192.168.1.1.');
  }
  return {
    name: options.text('env') ?? defaultName,
    addresses: read.addresses,
    gateway,
    interfaces: options
      .texts('interface')
      .flatMap((each) => each.split(','))
      .filter((each) => each.trim() !== ''),
    install: options.text('install') !== 'no',
  };
}

const orElse =
  (fallback: string, judge: (answer: string) => Judged<string>) =>
  (answer: string): Judged<string> =>
    answer === '' ? { value: fallback } : judge(answer);

/** What a person answers. What the options say already is not asked. */
export async function answersOfPerson({ options }: VerbContext, ask: Ask): Promise<InitialAnswers> {
  const named = options.text('env');
  const name =
    named ??
    (await askFor(
      ask,
      `Name of the environment [${defaultName}]`,
      orElse(defaultName, (answer) =>
        isEnvironmentName(answer)
          ? { value: answer }
          : { problem: 'Up to 63 lower-case letters, digits and dashes make a name.' },
      ),
    ));
  const addresses = await askFor(
    ask,
    'Addresses for Services, such as 192.168.1.220-192.168.1.250 or 10.0.0.0/28; several with commas',
    (answer): Judged<readonly string[]> => {
      const read = readRanges(answer);
      return read.ok ? { value: read.addresses } : { problem: `${read.problem}. ${read.remedy}` };
    },
  );
  const gateway = await askFor(
    ask,
    'Gateway of their network, to check that it is none of them [skip]',
    orElse(options.text('gateway') ?? '', (answer) =>
      isAddress(answer) ? { value: answer } : { problem: `${JSON.stringify(answer)} is no IP address.` },
    ),
  );
  const announced = await askFor(ask, 'Interfaces that announce them [all]', (answer) => ({ value: answer }));
  const installed = await askFor(ask, 'Does MetalLB run in the cluster already? [y/N]', (answer): Judged<boolean> =>
    /^(?:y|yes|n|no|)$/iu.test(answer) ? { value: /^y/iu.test(answer) } : { problem: 'Answer y or n.' },
  );
  return {
    name,
    addresses,
    gateway: gateway === '' ? undefined : gateway,
    interfaces: announced.split(/[\s,]+/u).filter((each) => each !== ''),
    install: !installed,
  };
}

/** Writes a first configuration. With errors in it nothing is written. */
export async function beginEnvironment(context: VerbContext, answers: InitialAnswers): Promise<ExitCode> {
  const target = placeOf(context, answers.name);
  const text = environmentText(initialDraft(answers), printYaml);
  const shown = `config-${answers.name}.yaml`;
  const judged = readBack(answers.name, shown, new TextEncoder().encode(text));
  if (hasErrors(judged.findings)) {
    context.err(printFindings(judged.findings, { colour: context.colourErr }));
    context.err('Nothing was written.\n');
    return exitCode.failed;
  }
  const loaded = await writeEnvironment(context, target, text);
  context.err(printFindings(loaded.findings, { colour: context.colourErr }));
  if (target.file !== undefined && !context.quiet) {
    context.out(`Wrote ${target.file}.\n`);
    context.out(`Next: metalwave plan --env ${answers.name} shows what a sync would do.\n`);
  }
  return exitCode.good;
}
