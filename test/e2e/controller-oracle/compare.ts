import { commonOwner, type PoolConfig } from '../../../src/domain/allocation/pool-config.ts';
import type { ServiceView } from '../../../src/domain/allocation/service-view.ts';
import { describeView, documentedAs } from './documented.ts';
import { type Course, dependsOnOrder, isDrawn, type Moment, momentOf, textOf } from './possible-ends.ts';

/** The pools as they are at rest, by the rules of MetalLB's version and by ours. */
export interface Rules {
  readonly upstream: PoolConfig;
  readonly native: PoolConfig;
}

/** All Services of both sides at rest after one step; `before` was found at rest after the one before. */
export interface Rest {
  readonly rules: Rules;
  readonly upstream: readonly Course[];
  readonly ours: readonly Course[];
  readonly step: string;
  /** `plain`: both controllers were restarted and nothing else was done. */
  readonly restart: 'none' | 'plain' | 'with a change';
}

/**
 * One Service of ours beside MetalLB's twin. `same`, or why it is not: a row of docs/differences.md, or that both began from
 * elsewhere because of an earlier difference. Undefined: nothing allows it.
 */
export interface Verdict {
  readonly label: string | undefined;
  readonly text: string;
}

/** Whether both sides hold the same addresses for all Services before the step. */
export function isLevel({ upstream, ours }: Pick<Rest, 'upstream' | 'ours'>): boolean {
  return ours.every(({ before }, index) => textOf(before) === textOf(upstream[index]?.before ?? []));
}

/** Compares each Service of ours with its twin, and with what MetalLB's rules let ours come to. */
export function compare(rest: Rest): readonly Verdict[] {
  const level = isLevel(rest);
  return rest.ours.map((course, index): Verdict => {
    const twin = rest.upstream[index];
    const label = twin === undefined ? undefined : labelOf(rest, course, twin, level);
    const twinText = twin === undefined ? 'none' : `${textOf(twin.before)} -> ${textOf(twin.after)}`;
    return {
      label,
      text: `${rest.step}\n  ${sideText(rest.ours)}\n  ${sideText(rest.upstream)}\n  ours ${textOf(course.before)} -> ${textOf(course.after)}, MetalLB ${twinText}\n  ${describeView(course.view)}`,
    };
  });
}

function sideText(courses: readonly Course[]): string {
  return courses.map(({ view, before, after }) => `${view.name}: ${textOf(before)} -> ${textOf(after)}`).join('; ');
}

function labelOf(rest: Rest, course: Course, twin: Course, level: boolean): string | undefined {
  const { rules, ours, restart } = rest;
  const { before, after } = course;
  const isMoved = before.length > 0 && textOf(before) !== textOf(after);
  if (!isPoolTold(rules.native, course) || (restart === 'plain' && isMoved)) {
    return undefined;
  }
  const isSame = textOf(after) === textOf(twin.after);
  if (isSame && level) {
    return 'same';
  }
  const moment = momentOf(rules.upstream, course, ours);
  if (moment === undefined) {
    return documentedAs({ course, all: ours, ...rules });
  }
  if (isSame) {
    return 'same';
  }
  return level ? levelDifference(rest, course, twin, moment) : 'from elsewhere';
}

/** Both by MetalLB's rules, from the same, and yet not the same. */
function levelDifference(rest: Rest, course: Course, twin: Course, moment: Moment): string | undefined {
  const { rules, ours, upstream, restart } = rest;
  if (momentOf(rules.upstream, twin, upstream) === undefined) {
    return restart === 'none' ? undefined : 'register-first';
  }
  if (isDrawn(rules.upstream, course, ours) || isDrawn(rules.upstream, twin, upstream)) {
    return 'pool-order';
  }
  if (moment === 'before' || moment === 'both') {
    return 'make-before-break';
  }
  return dependsOnOrder(rules.upstream, course, ours) || dependsOnOrder(rules.upstream, twin, upstream)
    ? 'serving-order'
    : undefined;
}

/** The annotation names the pool that the addresses are from. */
function isPoolTold(config: PoolConfig, { view, after }: Course): boolean {
  return after.length === 0 || view.allocatedFrom === commonOwner(config, after)?.name;
}

/** What both sides hold now, told from what they held; a Service that was made in this step held nothing. */
export function coursesOf(views: readonly ServiceView[], before: readonly ServiceView[]): readonly Course[] {
  return views.map((view) => ({
    view,
    after: view.held,
    before: before.find(({ namespace, name }) => namespace === view.namespace && name === view.name)?.held ?? [],
  }));
}
