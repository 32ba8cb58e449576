import { resolve } from 'node:path';
import { Failure } from '../../../domain/failure.ts';
import { unifiedDiff } from '../../../domain/repair/unified-diff.ts';
import type { SourceFile } from '../../../ports/source.ts';
import type { OptionTable, VerbContext } from '../verb.ts';
import { type Judge, type Judged, repairAll } from './repair-files.ts';

export const repairOptions: OptionTable = {
  fix: {
    type: 'boolean',
    description: 'make the repairs that are mechanical, in a local folder; all else in the files stays as it is',
  },
  'dry-run': { type: 'boolean', description: 'with --fix: print the repairs as a diff and write nothing' },
};

/** What was judged, how to judge it again, and where it may be written: undefined for what is no folder of this machine. */
export interface Repairable extends Judged {
  readonly judge: Judge;
  readonly root: string | undefined;
}

interface Change {
  readonly before: SourceFile;
  readonly after: SourceFile;
}

function usage(message: string, remedy: string): Failure {
  return new Failure({ code: 'usage', retry: 'never', message, remedy });
}

const asText = (file: SourceFile): string => new TextDecoder('utf-8', { ignoreBOM: true }).decode(file.bytes);

async function write(changes: readonly Change[], root: string, context: VerbContext): Promise<void> {
  const { replaceFile } = await import('../../../adapters/folder/replace-file.ts');
  for (const { before, after } of changes) {
    context.signal.throwIfAborted();
    await replaceFile(resolve(root, before.path), before.bytes, after.bytes);
    if (!context.quiet) {
      context.err(`repaired ${before.path}\n`);
    }
  }
}

/** Repairs what `--fix` asks for. The findings that come back are those that remain, or would remain after a dry run. */
export async function repairAsAsked(context: VerbContext, read: Repairable): Promise<Judged> {
  const dryRun = context.options.flag('dry-run');
  if (!context.options.flag('fix')) {
    if (dryRun) {
      throw usage('--dry-run is for --fix', 'Leave it out: validate changes nothing without --fix.');
    }
    return read;
  }
  if (read.root === undefined) {
    throw usage('--fix is for files of a local folder', 'Name a folder without --revision, and no standard input.');
  }
  const repaired = repairAll(read, read.judge);
  const changes = repaired.files.flatMap((after, index): readonly Change[] => {
    const before = read.files[index];
    return before === undefined || before === after ? [] : [{ before, after }];
  });
  if (dryRun) {
    const diffs = changes.map(({ before, after }) => unifiedDiff(before.path, asText(before), asText(after)));
    const print = context.options.text('output') === undefined ? context.out : context.err;
    print(diffs.join(''));
  } else {
    await write(changes, read.root, context);
  }
  return repaired;
}
