import { nearestName } from '../../finding/nearest-name.ts';
import { textAt } from '../../json.ts';
import {
  itemsOf,
  type NamedItem,
  type ResourceKey,
  resourceKinds,
  type RuleContext,
  type RuleFinding,
} from './rule.ts';

const resourceKeys = Object.keys(resourceKinds) as readonly ResourceKey[];

/** One name names one resource of a kind. */
export function namesAreUnique({ config }: RuleContext): readonly RuleFinding[] {
  return resourceKeys.flatMap((key) => {
    const known = new Map<string, NamedItem>();
    return itemsOf(config, key).flatMap((item) => {
      const first = known.get(item.name);
      if (first === undefined || item.name === '') {
        known.set(item.name, item);
        return [];
      }
      return [
        {
          code: 'name-duplicate' as const,
          path: [...item.path, 'name'],
          message: `The ${resourceKinds[key]} ${item.name} stands here twice: as number ${ordinal(first)} and number ${ordinal(item)} of metallb.${key}.`,
          remedy: 'Rename one of the two, or join them into one.',
        },
      ];
    });
  });
}

function ordinal(item: NamedItem): string {
  return String(Number(item.path.at(-1) ?? 0) + 1);
}

/** The folder names the environment; a file that says otherwise was copied and not finished. */
export function environmentIsItsFolder({ config, folder }: RuleContext): readonly RuleFinding[] {
  const named = textAt(config, 'environment');
  if (folder === undefined || named === undefined || named === folder) {
    return [];
  }
  return [
    {
      code: 'environment-name',
      path: ['environment'],
      message: `The file says environment ${named} and lies in the folder of environment ${folder}.`,
      remedy: `Write environment: ${folder}, leave the key out, or move the file.`,
    },
  ];
}

/** Proposals are looked for this often in one run: each compares a name with every other. */
const proposals = 50;

/** The words that propose the nearest name, else those that list what there is. */
export function proposer(candidates: readonly string[]): (name: string) => string {
  let left = proposals;
  return (name) => {
    left -= 1;
    const nearest = left < 0 ? undefined : nearestName(name, candidates);
    if (nearest !== undefined) {
      return `Write ${nearest}, if that is meant`;
    }
    if (candidates.length === 0) {
      return 'There is none of them in this configuration';
    }
    const some = candidates.slice(0, 5).join(', ');
    return candidates.length > 5
      ? `There are ${some} and others`
      : `There ${candidates.length === 1 ? 'is' : 'are'} ${some}`;
  };
}
