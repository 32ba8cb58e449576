import { bitsOf, formatAddress, ipAddress, isIpv4Mapped, sameAddress } from '../address/ip-address.ts';
import type { IpAddress } from '../address/ip-address.ts';
import { parseAddress } from '../address/parse-address.ts';
import { textOf } from './function.ts';
import type { CelFunction } from './function.ts';
import { CelError, CelObject, noOverload } from './value.ts';
import type { CelList, CelValue } from './value.ts';

class CelIp extends CelObject {
  readonly typeName = 'net.IP';
  readonly address: IpAddress;

  constructor(address: IpAddress) {
    super();
    this.address = address;
  }

  get text(): string {
    return formatAddress(this.address);
  }

  equals(other: CelObject): boolean {
    return other instanceof CelIp && sameAddress(other.address, this.address);
  }
}

class CelCidr extends CelObject {
  readonly typeName = 'net.CIDR';
  readonly address: IpAddress;
  readonly length: number;

  constructor(address: IpAddress, length: number) {
    super();
    this.address = address;
    this.length = length;
  }

  get text(): string {
    return `${formatAddress(this.address)}/${this.length}`;
  }

  equals(other: CelObject): boolean {
    return other instanceof CelCidr && other.text === this.text;
  }

  get #shift(): bigint {
    return BigInt(bitsOf(this.address.family) - this.length);
  }

  masked(): CelCidr {
    const value = (this.address.value >> this.#shift) << this.#shift;
    return new CelCidr(ipAddress(this.address.family, value), this.length);
  }

  contains({ family, value }: IpAddress): boolean {
    return family === this.address.family && value >> this.#shift === this.address.value >> this.#shift;
  }
}

/** An address as the API server's functions take it: no zone, and no IPv4 inside IPv6. */
function readIp(text: string): CelIp | undefined {
  const address = parseAddress(text);
  return address.ok && !isIpv4Mapped(address.value) ? new CelIp(address.value) : undefined;
}

function readCidr(text: string): CelCidr | undefined {
  const [, first = '', digits = ''] = /^([^/]+)\/(0|[1-9]\d{0,2})$/u.exec(text) ?? [];
  const ip = readIp(first);
  return ip === undefined || Number(digits) > bitsOf(ip.address.family)
    ? undefined
    : new CelCidr(ip.address, Number(digits));
}

function toIp(value: CelValue | undefined): CelIp {
  const text = textOf(value);
  const ip = readIp(text);
  if (ip === undefined) {
    const why = `ParseAddr(${JSON.stringify(text)}): unable to parse IP`;
    throw new CelError(`IP Address ${JSON.stringify(text)} parse error during conversion from string: ${why}`);
  }
  return ip;
}

function toCidr(value: CelValue | undefined): CelCidr {
  const text = textOf(value);
  const cidr = readCidr(text);
  if (cidr === undefined) {
    const why = `netip.ParsePrefix(${JSON.stringify(text)})`;
    throw new CelError(`network address parse error during conversion from string: ${why}`);
  }
  return cidr;
}

function ipOf(value: CelValue | undefined): CelIp {
  if (value instanceof CelIp) {
    return value;
  }
  return toIp(value);
}

type IpTest = (address: IpAddress) => boolean;

const inPrefix = (v4: string | undefined, v6: string): IpTest => {
  const prefixes = [v4, v6].flatMap((text) => (text === undefined ? [] : [toCidr(text)]));
  return (address) => prefixes.some((prefix) => prefix.contains(address));
};

const isUnspecified: IpTest = ({ value }) => value === 0n;
const isLoopback = inPrefix('127.0.0.0/8', '::1/128');
const isLinkLocalUnicast = inPrefix('169.254.0.0/16', 'fe80::/10');
const isLinkLocalMulticast = inPrefix('224.0.0.0/24', 'ff02::/16');
const isMulticast = inPrefix('224.0.0.0/4', 'ff00::/8');
const isBroadcast = inPrefix('255.255.255.255/32', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/128');

const ipTests: { readonly [name: string]: IpTest } = {
  isUnspecified,
  isLoopback,
  isLinkLocalUnicast,
  isLinkLocalMulticast,
  isGlobalUnicast: (address) =>
    ![isUnspecified, isLoopback, isLinkLocalUnicast, isMulticast].some((test) => test(address)) &&
    !(address.family === 'ipv4' && isBroadcast(address)),
};

function ofIp(name: string, run: (ip: CelIp) => CelValue): readonly [string, CelFunction] {
  return [
    `.${name}`,
    ([target]) => {
      if (!(target instanceof CelIp)) {
        throw noOverload();
      }
      return run(target);
    },
  ];
}

function ofCidr(name: string, run: (cidr: CelCidr, args: CelList) => CelValue): readonly [string, CelFunction] {
  return [
    `.${name}`,
    ([target, ...args]) => {
      if (!(target instanceof CelCidr)) {
        throw noOverload();
      }
      return run(target, args);
    },
  ];
}

function containsCidr(cidr: CelCidr, [value]: CelList): boolean {
  const other = value instanceof CelCidr ? value : toCidr(value);
  return other.length >= cidr.length && cidr.contains(other.masked().address);
}

export const networkFunctions: readonly (readonly [string, CelFunction])[] = [
  ['ip', ([text]) => toIp(text)],
  ['isIP', ([text]) => readIp(textOf(text)) !== undefined],
  ['ip.isCanonical', ([text]) => toIp(text).text === text],
  ['cidr', ([text]) => toCidr(text)],
  ['isCIDR', ([text]) => readCidr(textOf(text)) !== undefined],
  ofIp('family', ({ address }) => (address.family === 'ipv4' ? 4n : 6n)),
  ...Object.entries(ipTests).map(([name, test]) => ofIp(name, ({ address }) => test(address))),
  ofCidr('containsIP', (cidr, [value]) => cidr.contains(ipOf(value).address)),
  ofCidr('containsCIDR', containsCidr),
  ofCidr('ip', ({ address }) => new CelIp(address)),
  ofCidr('masked', (cidr) => cidr.masked()),
  ofCidr('prefixLength', ({ length }) => BigInt(length)),
];
