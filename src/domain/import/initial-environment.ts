import { parseAddress } from '../address/parse-address.ts';
import type { JsonObject } from '../json.ts';
import { parseAddressEntry } from '../pool/address-entry.ts';
import type { EnvironmentDraft } from './environment-text.ts';

/** What a person says of an environment that is to begin. */
export interface InitialAnswers {
  readonly name: string;
  /** Entries of the pool, each one readable. */
  readonly addresses: readonly string[];
  readonly gateway: string | undefined;
  /** Interfaces that announce; none: all. */
  readonly interfaces: readonly string[];
  readonly install: boolean;
}

/** Entries of a pool, or what is wrong with the first that is none. */
export type ReadRanges =
  | { readonly ok: true; readonly addresses: readonly string[] }
  | { readonly ok: false; readonly problem: string; readonly remedy: string };

/**
 * Ranges as `microk8s enable metallb:RANGE` takes them: `first-last` or a CIDR block, several with commas between, of
 * either family; the name of the addon may stand before them. Each must be one that MetalLB takes.
 */
export function readRanges(text: string): ReadRanges {
  const entries = text
    .trim()
    .replace(/^metallb:(?=\s*[\da-f:.]+[-/])/iu, '')
    .split(/[,\s]*,[,\s]*|(?<![-\s])\s+(?![-\s])/u)
    .map((entry) => entry.replaceAll(/\s*-\s*/gu, '-').trim())
    .filter((entry) => entry !== '');
  for (const entry of entries) {
    const read = parseAddressEntry(entry);
    if (!read.ok) {
      return { ok: false, problem: `${JSON.stringify(entry)} ${read.reason.cause}`, remedy: read.reason.remedy };
    }
  }
  return entries.length > 0
    ? { ok: true, addresses: entries }
    : {
        ok: false,
        problem: 'no range was given',
        remedy: 'Write first and last address with a hyphen between, such as 192.168.1.220-192.168.1.250.',
      };
}

/** True for the text of one address. */
export function isAddress(text: string): boolean {
  return parseAddress(text).ok;
}

const advertisement = 'l2-advert';
const free =
  'Services of type LoadBalancer get these addresses. They must be free: outside of what a DHCP server hands out, and no address of a node or router.';
const implicit = ` No advertisement is written here, so one named ${advertisement} announces all pools by ARP and NDP.`;

/** The file that a new environment begins with. */
export function initialDraft({ name, addresses, gateway, interfaces, install }: InitialAnswers): EnvironmentDraft {
  const pool = { name: 'default', addresses };
  const l2: JsonObject = { name: advertisement, ipAddressPools: [pool.name], interfaces };
  return {
    name,
    head: [
      `Environment ${name}: the load balancing of one cluster. What is left out has a default; an editor with a YAML language server shows it, and explains every key.`,
    ],
    around: gateway === undefined ? {} : { network: { gateway } },
    settings: install
      ? new Map()
      : new Map([
          [
            'install',
            {
              comment: 'MetalLB is there already: it stays as it is, and only its resources are managed.',
              value: false,
            },
          ],
        ]),
    resources: new Map([
      [
        'ipAddressPool',
        {
          comment: `${free}${interfaces.length === 0 ? implicit : ''}`,
          value: [{ comment: undefined, value: pool }],
        },
      ],
      ...(interfaces.length === 0
        ? []
        : [
            [
              'l2Advertisement',
              {
                comment: 'Announces the pool by ARP and NDP, on these interfaces alone.',
                value: [{ comment: undefined, value: l2 }],
              },
            ] as const,
          ]),
    ]),
  };
}
