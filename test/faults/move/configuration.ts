import { configPath } from '../../road/config-repository.ts';

type Files = Readonly<Record<string, string>>;

interface Shape {
  readonly pools: Readonly<Record<string, string>>;
  readonly advertised: readonly string[];
  readonly holdTime: string;
}

function files({ pools, advertised, holdTime }: Shape): Files {
  const value = {
    sync: { prune: true, waveTimeout: '20m' },
    metallb: {
      install: false,
      ipAddressPool: Object.entries(pools).map(([name, range]) => ({
        name,
        addresses: [range],
        ...(name === 'spare' ? { autoAssign: false } : {}),
      })),
      bgpPeer: [{ name: 'router', myASN: 64_512, peerASN: 64_513, peerAddress: '10.0.0.1', holdTime }],
      l2Advertisement: [{ name: 'l2', ipAddressPools: advertised }],
    },
  };
  return { [configPath('dev')]: `${JSON.stringify(value, undefined, 2)}\n` };
}

/** What is there when the sync under test begins. */
export const before: Files = files({
  pools: { one: '10.20.0.0/28', two: '10.20.1.0/28', spare: '10.20.2.0/28' },
  advertised: ['one', 'two'],
  holdTime: '90s',
});

/** What it is to become: `one` has another name, the advertisement follows, the peer changes, `spare` is pruned. */
export const after: Files = files({
  pools: { uno: '10.20.0.0/28', two: '10.20.1.0/28' },
  advertised: ['uno', 'two'],
  holdTime: '60s',
});

/** No moment of the move may leave one of these without a pool, or without an advertisement. */
export const heldRanges: readonly string[] = ['10.20.0.0/28', '10.20.1.0/28'];

/** What the move deletes. Anything else that goes is lost. */
export const deletable: ReadonlySet<string> = new Set(['one', 'spare']);
