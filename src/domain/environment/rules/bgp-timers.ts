import { textAt } from '../../json.ts';
import { parseGoDuration, second } from './go-duration.ts';
import { itemsOf, type NamedItem, type RuleContext, type RuleFinding } from './rule.ts';

/** RFC 4271 section 4.2: the hold time is 0 or at least three seconds. MetalLB cuts fractions of a second off first. */
export function holdTimesAreAllowed({ config }: RuleContext): readonly RuleFinding[] {
  return itemsOf(config, 'bgpPeer').flatMap((peer) => {
    const [hold, keepalive] = [durationAt(peer, 'holdTime'), durationAt(peer, 'keepaliveTime')];
    // The one that is missing is derived: three signs of life in a hold time.
    const effective = hold ?? (keepalive === undefined ? undefined : keepalive * 3n);
    const wholeSeconds = effective === undefined ? undefined : effective / second;
    if (wholeSeconds === undefined || wholeSeconds === 0n || wholeSeconds >= 3n) {
      return [];
    }
    const field = hold === undefined ? 'keepaliveTime' : 'holdTime';
    const written = textAt(peer.value, field) ?? '';
    const derived = hold === undefined ? ', which makes the hold time three times that' : '';
    return [
      {
        code: 'bgp-hold-time' as const,
        path: [...peer.path, field],
        message: `${field} of the BGP peer ${peer.name} is ${written}${derived}; a hold time is 0 or at least 3s.`,
        remedy: 'Write holdTime: 90s, the usual value, or one of 3s or more.',
      },
    ];
  });
}

/** A sign of life must come before the session counts as down. */
export function keepaliveIsWithinHoldTime({ config }: RuleContext): readonly RuleFinding[] {
  return itemsOf(config, 'bgpPeer').flatMap((peer) => {
    const [hold, keepalive] = [durationAt(peer, 'holdTime'), durationAt(peer, 'keepaliveTime')];
    if (hold === undefined || keepalive === undefined || keepalive <= hold) {
      return [];
    }
    const [holdText, keepaliveText] = [textAt(peer.value, 'holdTime'), textAt(peer.value, 'keepaliveTime')];
    return [
      {
        code: 'bgp-keepalive-time' as const,
        path: [...peer.path, 'keepaliveTime'],
        message: `keepaliveTime ${keepaliveText ?? ''} of the BGP peer ${peer.name} is longer than its holdTime ${holdText ?? ''}.`,
        remedy: 'Write a third of the hold time, or leave keepaliveTime out, which means that.',
      },
    ];
  });
}

/** The API takes whole seconds from 1 to 65535. */
export function connectTimesAreAllowed({ config }: RuleContext): readonly RuleFinding[] {
  return itemsOf(config, 'bgpPeer').flatMap((peer) => {
    const time = durationAt(peer, 'connectTime');
    if (time === undefined || (time % second === 0n && time >= second && time <= 65_535n * second)) {
      return [];
    }
    return [
      {
        code: 'bgp-connect-time' as const,
        path: [...peer.path, 'connectTime'],
        message: `connectTime of the BGP peer ${peer.name} is ${textAt(peer.value, 'connectTime') ?? ''}, which is no whole number of seconds from 1 to 65535.`,
        remedy: 'Write connectTime: 10s, or another whole number of seconds.',
      },
    ];
  });
}

/** Undefined also for a text that is no duration: the schema tells of that. */
function durationAt(peer: NamedItem, field: string): bigint | undefined {
  const text = textAt(peer.value, field);
  return text === undefined ? undefined : parseGoDuration(text);
}
