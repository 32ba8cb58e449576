import type { JsonObject } from '../json.ts';
import { describeObject } from '../manifest/object-id.ts';
import type { Palette } from '../palette.ts';
import type { EnvironmentStatus, HealthState, ObjectStatus, SyncState } from './environment-status.ts';

export interface StatusForm {
  readonly paint: Palette;
  /** The time of the verdict as people read it. */
  readonly at: string;
  /** Every object, also those that are as they should be. */
  readonly all: boolean;
}

const goodStates: ReadonlySet<SyncState | HealthState> = new Set(['Synced', 'Healthy', 'Suspended']);

function isGood(object: ObjectStatus): boolean {
  return goodStates.has(object.sync) && goodStates.has(object.health);
}

function state(word: SyncState | HealthState, paint: Palette): string {
  return paint(goodStates.has(word) ? 'green' : 'yellow', word);
}

function objectLine(object: ObjectStatus, paint: Palette): string {
  const message = object.message === '' ? '' : `: ${object.message}`;
  return `  ${state(object.sync, paint)} ${state(object.health, paint)}  ${describeObject(object.id)}${message}`;
}

/** The status for people: the verdict, when it was verified, and what is not as it should be. */
export function printStatus(status: EnvironmentStatus, { paint, at, all }: StatusForm): string {
  const shown = status.objects.filter((object) => all || !isGood(object));
  const good = status.objects.filter((object) => isGood(object)).length;
  return [
    `${paint('bold', status.environment)}  ${state(status.sync, paint)}  ${state(status.health, paint)}`,
    `  compared with  ${status.revision}`,
    `  deployed       ${status.deployedRevision ?? 'never'}`,
    `  verified at    ${at}`,
    `  objects        ${good} of ${status.objects.length} as they should be`,
    ...shown.map((object) => objectLine(object, paint)),
    '',
  ].join('\n');
}

/** The status for machines. */
export function statusJson(status: EnvironmentStatus): JsonObject {
  return {
    formatVersion: 1,
    environment: status.environment,
    revision: status.revision,
    deployedRevision: status.deployedRevision ?? null,
    sync: status.sync,
    health: status.health,
    verifiedAt: status.verifiedAt,
    objects: status.objects.map((object) => ({
      group: object.id.group,
      kind: object.id.kind,
      namespace: object.id.namespace,
      name: object.id.name,
      sync: object.sync,
      health: object.health,
      message: object.message,
    })),
  };
}
