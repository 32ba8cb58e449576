import type { JsonObject } from '../json.ts';
import { lineOf } from '../metallb/release.ts';
import type { ImportedPart, ImportedSettings, ImportNote } from './imported.ts';

/** Whether Metalwave is to install MetalLB, and what follows from it. */
export interface ChosenInstallation {
  readonly install: { readonly value: boolean; readonly because: string };
  readonly settings: readonly ImportedSettings[];
  readonly notes: readonly ImportNote[];
}

export interface InstallationFacts {
  readonly part: ImportedPart;
  /** What the person asked for. */
  readonly asked: 'yes' | 'no' | undefined;
  /** The MetalLB of a cluster; undefined: files were read, or none was found. */
  readonly running: { readonly version: string; readonly backend: string | undefined } | undefined;
}

/** Settings that only a MetalLB which Metalwave installs can take. */
const ofPrograms: ReadonlySet<string> = new Set([
  'loadBalancerClass',
  'imagePullPolicy',
  'imagePullSecrets',
  'controller',
  'speaker',
]);

/**
 * What runs stays in the hands of whoever installed it, unless only Metalwave can give what was read its effect: settings
 * of the programs, or a configuration of a MetalLB that is too old to be managed.
 */
export function chooseInstallation(facts: InstallationFacts): ChosenInstallation {
  const { part, asked, running } = facts;
  const setsPrograms = part.settings.some(({ values }) => Object.keys(values).some((key) => ofPrograms.has(key)));
  const wanted = running === undefined && (part.isLegacy || setsPrograms);
  const value = asked === undefined ? wanted : asked === 'yes';
  const own = running === undefined ? [] : runningSettings(running);
  return value
    ? {
        install: { value, because: becauseInstalled(part.isLegacy) },
        settings: [...part.settings, ...own],
        notes: [replacing],
      }
    : {
        install: { value, because: becauseThere(running?.version) },
        settings: [...withoutPrograms(part.settings), ...own],
        notes: [...(setsPrograms ? [left] : []), ...(part.isLegacy ? [tooOld] : []), ...unsupported(running?.version)],
      };
}

function becauseInstalled(isLegacy: boolean): string {
  return isLegacy
    ? 'The configuration is one for MetalLB before 0.13, so Metalwave installs a newer one.'
    : 'Metalwave installs MetalLB with the settings below. false: only the resources are managed.';
}

function becauseThere(version: string | undefined): string {
  return version === undefined
    ? 'MetalLB is installed by something else, and only its resources are managed. true: Metalwave installs it.'
    : `MetalLB ${version} is there already: it stays as it is, and only its resources are managed.`;
}

function runningSettings({ version, backend }: NonNullable<InstallationFacts['running']>): readonly ImportedSettings[] {
  const values: JsonObject = {
    ...(lineOf(version) === undefined ? {} : { version }),
    ...(backend === undefined ? {} : { bgp: { backend } }),
  };
  return [{ values, origin: { file: 'what runs', document: 0, path: [] } }];
}

function withoutPrograms(settings: readonly ImportedSettings[]): readonly ImportedSettings[] {
  return settings.map(({ values, origin }) => ({
    values: Object.fromEntries(Object.entries(values).filter(([key]) => !ofPrograms.has(key))),
    origin,
  }));
}

const replacing: ImportNote = {
  origin: undefined,
  message: 'metallb.install is true: Metalwave will install MetalLB, and two of them must not run side by side.',
  remedy:
    'Where one runs, take it away before the first sync, and keep its custom resources; --install no leaves it in place. docs/coming-in.md has the steps.',
};

const left: ImportNote = {
  origin: undefined,
  message: 'The settings of controller and speaker are not carried over: whoever installed MetalLB keeps them.',
  remedy: 'Import with --install yes to have Metalwave install MetalLB with them.',
};

const tooOld: ImportNote = {
  origin: undefined,
  message: 'The configuration is one for MetalLB before 0.13, which Metalwave does not manage.',
  remedy: 'Upgrade MetalLB, or import with --install yes.',
};

function unsupported(version: string | undefined): readonly ImportNote[] {
  return version === undefined || lineOf(version) !== undefined
    ? []
    : [
        {
          origin: undefined,
          message: `MetalLB ${version} runs there, and Metalwave manages 0.14, 0.15 and 0.16.`,
          remedy: 'Upgrade it before the first sync, or set metallb.install to true and take the old one away.',
        },
      ];
}
