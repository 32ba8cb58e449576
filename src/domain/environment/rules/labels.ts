import { environmentLabel, managedByLabel } from '../../identity.ts';
import { isJsonObject, valueAt } from '../../json.ts';
import { itemsOf, type ResourceKey, resourceKinds, type RuleContext, type RuleFinding } from './rule.ts';

const resourceKeys = Object.keys(resourceKinds) as readonly ResourceKey[];
const owners: ReadonlySet<string> = new Set([managedByLabel, environmentLabel]);
const longestPrefix = 253;
const longestName = 63;

/** What keeps a resource from having a label of that name; its form is the schema's to judge. */
function problemOf(name: string): Pick<RuleFinding, 'message' | 'remedy'> | undefined {
  if (owners.has(name)) {
    return {
      message: `The label ${name} says whose an object is: Metalwave sets it itself.`,
      remedy: 'Remove it, or choose another name.',
    };
  }
  const [last = '', prefix = ''] = name.split('/').toReversed();
  return prefix.length > longestPrefix || last.length > longestName
    ? {
        message: `The name of a label has ${String(name.length)} characters; Kubernetes takes ${String(longestName)}, and ${String(longestPrefix)} in a prefix before a slash.`,
        remedy: 'Choose a shorter name.',
      }
    : undefined;
}

/** Labels of resources are such as Kubernetes takes, and leave those of the owner alone. */
export function labelsCanBeSet({ config }: RuleContext): readonly RuleFinding[] {
  return resourceKeys.flatMap((key) =>
    itemsOf(config, key).flatMap((item) => {
      const labels = valueAt(item.value, 'labels');
      return (isJsonObject(labels) ? Object.keys(labels) : []).flatMap((name): readonly RuleFinding[] => {
        const problem = problemOf(name);
        return problem === undefined
          ? []
          : [{ code: 'label-refused', path: [...item.path, 'labels', name], part: 'key', ...problem }];
      });
    }),
  );
}
