import { listAt, textAt } from '../../json.ts';
import { proposer } from './names.ts';
import { itemsOf, type Path, type RuleContext, type RuleFinding, textsAt } from './rule.ts';

/** RFC 1997, RFC 7999, RFC 8326. MetalLB knows none of these names by itself. */
const wellKnown: ReadonlyMap<string, string> = new Map([
  ['no-export', '65535:65281'],
  ['no-advertise', '65535:65282'],
  ['no-export-subconfed', '65535:65283'],
  ['graceful-shutdown', '65535:0'],
  ['blackhole', '65535:666'],
]);

const forms = 'Write a:b with two numbers up to 65535, or large:a:b:c with three numbers up to 4294967295.';

export type CommunityForm = 'standard' | 'large' | 'malformed' | 'alias';

/** What a text in `communities` is to MetalLB: two or four fields are a literal, anything else the name of an alias. */
export function communityForm(text: string): CommunityForm {
  const fields = text.split(':');
  if (fields.length === 2) {
    return fields.every((field) => isNumberBelow(field, 1n << 16n)) ? 'standard' : 'malformed';
  }
  if (fields.length === 4) {
    const [kind, ...numbers] = fields;
    return kind === 'large' && numbers.every((field) => isNumberBelow(field, 1n << 32n)) ? 'large' : 'malformed';
  }
  return 'alias';
}

function isNumberBelow(text: string, limit: bigint): boolean {
  return /^[0-9]{1,20}$/u.test(text) && BigInt(text) < limit;
}

/** One `name: value` of a Community. */
export interface AliasFacts {
  readonly name: string;
  readonly value: string;
  readonly path: Path;
}

export function communityAliases({ config }: RuleContext): readonly AliasFacts[] {
  return itemsOf(config, 'community').flatMap((item) =>
    listAt(item.value, 'communities').flatMap((alias, index) => {
      const [name, value] = [textAt(alias, 'name'), textAt(alias, 'value')];
      const path: Path = [...item.path, 'communities', index, 'value'];
      return name === undefined || value === undefined ? [] : [{ name, value, path }];
    }),
  );
}

/** The value behind an alias must be a literal. */
export function aliasesAreLiterals(context: RuleContext): readonly RuleFinding[] {
  return communityAliases(context)
    .filter(({ value }) => ['malformed', 'alias'].includes(communityForm(value)))
    .map(({ name, value, path }) => ({
      code: 'community-syntax' as const,
      path,
      message: `The community ${name} has the value ${value}, which is no community.`,
      remedy: forms,
    }));
}

/** One alias stands for one value; MetalLB refuses a second definition, be it the same. */
export function aliasesAreUnique(context: RuleContext): readonly RuleFinding[] {
  const known = new Set<string>();
  return communityAliases(context).flatMap(({ name, path }) => {
    if (!known.has(name)) {
      known.add(name);
      return [];
    }
    return [
      {
        code: 'community-duplicate' as const,
        path: [...path.slice(0, -1), 'name'],
        message: `The community alias ${name} is defined twice.`,
        remedy: 'Remove one of the two, or rename it.',
      },
    ];
  });
}

/** What an advertisement attaches must be a literal or a known alias. */
export function communitiesAreKnown(context: RuleContext): readonly RuleFinding[] {
  const names = communityAliases(context).map(({ name }) => name);
  const known = new Set(names);
  const propose = proposer(names);
  return itemsOf(context.config, 'bgpAdvertisement').flatMap((advertisement) =>
    textsAt(advertisement, 'communities').flatMap(({ text, path }): readonly RuleFinding[] => {
      const form = known.has(text) ? 'alias' : communityForm(text);
      if (form === 'malformed') {
        const message = `${text} in the BGP advertisement ${advertisement.name} is no community.`;
        return [{ code: 'community-syntax', path, message, remedy: forms }];
      }
      if (form !== 'alias' || known.has(text)) {
        return [];
      }
      const literal = wellKnown.get(text);
      return [
        {
          code: 'community-unknown',
          path,
          message: `The BGP advertisement ${advertisement.name} uses community ${text}, which is no literal and no alias under metallb.community.`,
          remedy:
            literal === undefined
              ? `${propose(text)}; else add the alias under metallb.community.`
              : `Write ${literal}, which is ${text}.`,
        },
      ];
    }),
  );
}
