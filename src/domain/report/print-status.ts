import type { JsonObject } from '../json.ts';
import { describeObject } from '../manifest/object-id.ts';
import type { Palette } from '../palette.ts';
import type {
  EnvironmentStatus,
  HealthState,
  ObjectStatus,
  PoolUse,
  ProgramStatus,
  SyncState,
} from './environment-status.ts';

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

/** Who has taken the configuration, then those of whom that can't be said. */
function programLines(programs: readonly ProgramStatus[], { paint, all }: StatusForm): readonly string[] {
  if (programs.length === 0) {
    return [];
  }
  const good = programs.filter(({ health }) => health === 'Healthy').length;
  return [
    `  MetalLB        ${good} of ${programs.length} programs say that they have taken the configuration`,
    ...programs
      .filter(({ health }) => all || health !== 'Healthy')
      .map(({ health, pod, node, message }) => `  ${state(health, paint)}  Pod ${pod} on ${node}: ${message}`),
  ];
}

function poolLine({ pool, family, assigned, available }: PoolUse): string {
  return `  pool ${pool}: ${assigned} of ${assigned + available} ${family} addresses in use`;
}

/** The status for people: the verdict, when it was verified, and what is not as it should be. */
export function printStatus(status: EnvironmentStatus, form: StatusForm): string {
  const { paint, at, all } = form;
  const shown = status.objects.filter((object) => all || !isGood(object));
  const good = status.objects.filter((object) => isGood(object)).length;
  return [
    `${paint('bold', status.environment)}  ${state(status.sync, paint)}  ${state(status.health, paint)}`,
    `  compared with  ${status.revision}`,
    `  deployed       ${status.deployedRevision ?? 'never'}`,
    `  verified at    ${at}`,
    `  objects        ${good} of ${status.objects.length} as they should be`,
    ...shown.map((object) => objectLine(object, paint)),
    ...programLines(status.programs, form),
    ...status.pools.map((pool) => poolLine(pool)),
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
    programs: status.programs.map((program) => ({ ...program })),
    pools: status.pools.map((pool) => ({ ...pool })),
  };
}
