import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { isJsonArray, isJsonObject, type Json, type JsonObject, textAt, valueAt } from '../../../src/domain/json.ts';

/** One reconciliation that a program of MetalLB ended: which objects it read, and what it said against them. */
export interface Reconciliation {
  /** Kind of list and name of every object read, with the label that marks its configuration. */
  readonly read: readonly { readonly id: string; readonly mark: string }[];
  readonly error: string | undefined;
}

/** The label by which the objects of one configuration are known in a log. */
export const markLabel = 'oracle.metalwave.io/mark';

const lists = ['ipaddresspools', 'communities', 'bgppeers', 'bfdprofiles', 'bgpadvertisements', 'l2advertisements'];
const configReconcilers = new Set(['PoolReconciler', 'ConfigReconciler']);

/** Follows the debug log of a controller or speaker from where it was left. */
export class ReconcileLog {
  private offset = 0;
  private rest = '';
  private open: { read: Reconciliation['read']; error: string | undefined } | undefined;
  private readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  /** The reconciliations that ended since the last call. */
  next(): readonly Reconciliation[] {
    const lines = (this.rest + this.grown()).split('\n');
    this.rest = lines.pop() ?? '';
    return lines.flatMap((line) => this.take(line));
  }

  private grown(): string {
    const size = statSync(this.path).size;
    const buffer = Buffer.alloc(size - this.offset);
    const file = openSync(this.path, 'r');
    const count = readSync(file, buffer, 0, buffer.length, this.offset);
    closeSync(file);
    this.offset += count;
    // A letter cut in two would come out wrong on both sides: object names and errors are ASCII but for quoted values.
    return buffer.subarray(0, count).toString('utf8');
  }

  private take(line: string): readonly Reconciliation[] {
    if (!line.includes('Reconciler"')) {
      return [];
    }
    const entry = JSON.parse(line) as Json;
    if (!configReconcilers.has(textAt(entry, 'controller') ?? '')) {
      return [];
    }
    const dump = textAt(entry, 'metallb CRs') ?? textAt(entry, 'metallb CRs and Secrets');
    if (dump !== undefined) {
      this.open = { read: objectsIn(JSON.parse(dump) as Json), error: undefined };
    }
    if (this.open === undefined) {
      return [];
    }
    const error = textAt(entry, 'error') ?? (textAt(entry, 'level') === 'error' ? line : undefined);
    // That a program could not yet write its own report says nothing of the configuration.
    this.open.error ??= error?.includes('configurationstates.metallb.io') === true ? undefined : error;
    if (textAt(entry, 'end reconcile') === undefined) {
      return [];
    }
    const ended = this.open;
    this.open = undefined;
    return [ended];
  }
}

function objectsIn(dump: Json): Reconciliation['read'] {
  return lists.flatMap((list) => {
    const objects = valueAt(dump, list);
    return (isJsonArray(objects) ? objects : [])
      .filter((each): each is JsonObject => isJsonObject(each))
      .map((each) => ({
        id: `${list}/${textAt(each, 'metadata', 'name') ?? ''}`,
        mark: textAt(each, 'metadata', 'labels', markLabel) ?? '',
      }));
  });
}
