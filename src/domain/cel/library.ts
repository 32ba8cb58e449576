import { conversions } from './conversions.ts';
import { formatFunctions } from './formats.ts';
import { listOf, textOf } from './function.ts';
import type { CelFunction } from './function.ts';
import { listFunctions, placeInList } from './lists.ts';
import { networkFunctions } from './network.ts';
import { operators } from './operators.ts';
import { optionalFunctions } from './optional-functions.ts';
import { quantityFunctions } from './quantity.ts';
import { semverFunctions } from './semver.ts';
import { textFunctions } from './texts.ts';
import { timeFunctions } from './time.ts';
import { urlFunctions } from './urls.ts';
import { isList } from './value.ts';

const texts = new Map(textFunctions);

/** The same name for texts and lists. */
function placed(name: '.indexOf' | '.lastIndexOf'): CelFunction {
  return (args, meter) => {
    const [target = null, item = null] = args;
    const ofText = texts.get(name);
    if (isList(target) || ofText === undefined) {
      meter.charge(listOf(target).length);
      return placeInList(listOf(target), item, name === '.lastIndexOf');
    }
    textOf(target);
    return ofText(args, meter);
  };
}

/** Every function of the language and of the API server's libraries: by name, methods with a dot before it. */
export const library: ReadonlyMap<string, CelFunction> = new Map<string, CelFunction>([
  ...operators,
  ...conversions,
  ...timeFunctions,
  ...listFunctions,
  ...textFunctions,
  ...networkFunctions,
  ...quantityFunctions,
  ...semverFunctions,
  ...urlFunctions,
  ...optionalFunctions,
  ...formatFunctions,
  ['.indexOf', placed('.indexOf')],
  ['.lastIndexOf', placed('.lastIndexOf')],
]);
