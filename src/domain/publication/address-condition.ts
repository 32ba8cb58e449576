import { type JsonObject, textAt } from '../json.ts';
import { formatUtc } from '../time/utc-time.ts';

/** The condition that a Service bears while it waits for addresses. */
export const addressCondition = 'metalwave.io/AddressAssigned';

/** Words longer than that help nobody, and every change of them is a write. */
const longestMessage = 1_000;

/** What our condition is to say. */
export interface ConditionText {
  readonly status: 'True' | 'False';
  readonly reason: string;
  readonly message: string;
}

/** What a decision says of a Service that does not get what it asks for. */
interface Refusal {
  readonly refused: string | undefined;
  readonly considered: readonly { readonly pool: string; readonly why: string }[];
}

const openings = { False: 'No address: ', True: 'Not as asked: ' } as const;
const poolsFollow = '. Pools considered: ';

/** Why it does not get what it asks for, and what each pool said to it. */
export function refusalText(status: 'True' | 'False', { refused, considered }: Refusal): string {
  const pools = considered.map(({ pool, why }) => `${pool} (${why})`).join('; ');
  const text = `${openings[status]}${refused ?? 'no pool can serve it'}${pools === '' ? '' : `${poolsFollow}${pools}`}`;
  return text.length <= longestMessage ? text : `${text.slice(0, longestMessage - 1)}…`;
}

/** The reason that a condition of ours tells already; undefined where it tells none. */
export function toldReason(condition: JsonObject | undefined): string | undefined {
  const message = textAt(condition, 'message') ?? '';
  const opening = Object.values(openings).find((words) => message.startsWith(words));
  return opening === undefined ? undefined : message.slice(opening.length).split(poolsFollow, 1)[0];
}

/** What a pool has in use goes on changing; that alone is no news to who waits for something else. */
function withoutCounts(message: string): string {
  return message.replaceAll(/\d+ of /gu, 'some of ');
}

/** True where the condition says that already, but for how much of a pool is in use. */
export function says(condition: JsonObject | undefined, text: ConditionText): boolean {
  return (
    condition !== undefined &&
    textAt(condition, 'status') === text.status &&
    textAt(condition, 'reason') === text.reason &&
    withoutCounts(textAt(condition, 'message') ?? '') === withoutCounts(text.message)
  );
}

/** The condition as it is written. Its transition time moves with its status alone, as Kubernetes has it. */
export function conditionEntry(text: ConditionText, before: JsonObject | undefined, now: number): JsonObject {
  const since = before !== undefined && textAt(before, 'status') === text.status ? before : undefined;
  return {
    type: addressCondition,
    status: text.status,
    reason: text.reason,
    message: text.message,
    lastTransitionTime: textAt(since, 'lastTransitionTime') ?? formatUtc(now),
  };
}
