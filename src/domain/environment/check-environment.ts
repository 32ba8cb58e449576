import { placeFinding } from '../finding/place-finding.ts';
import type { DocumentPlace, Finding } from '../finding/finding.ts';
import type { Json } from '../json.ts';
import { aggregatesFitPools, selectorsExcludeAggregation } from './rules/aggregation.ts';
import {
  multihopPeersAreExternal,
  passwordsAreSecret,
  peerAddressesAreReadable,
  peersHaveOnePassword,
  peersHaveOneRemoteAsn,
  peersHaveOneTarget,
} from './rules/bgp-peer.ts';
import { connectTimesAreAllowed, holdTimesAreAllowed, keepaliveIsWithinHoldTime } from './rules/bgp-timers.ts';
import { aliasesAreLiterals, aliasesAreUnique, communitiesAreKnown } from './rules/communities.ts';
import { echoIsForIpv4 } from './rules/bfd-echo.ts';
import { localPreferencesAgree } from './rules/local-preference.ts';
import { conditionsDiffer, conditionsHaveTheirValues, selectorsCanMatch, selectorsDiffer } from './rules/selectors.ts';
import type { EnvironmentConfig } from './config.generated.ts';
import { poolsAreAdvertised } from './rules/coverage.ts';
import { labelsCanBeSet } from './rules/labels.ts';
import { environmentIsItsFolder, namesAreUnique } from './rules/names.ts';
import { frrPeersAgree, frrPeersDiffer } from './rules/frr-peers.ts';
import {
  nativeAnnouncesIpv4Only,
  nativeCommunitiesAreStandard,
  nativeHasNoBfd,
  nativePeersAreIpv4,
  nativePeersArePlain,
} from './rules/native-backend.ts';
import {
  networkIsReadable,
  poolsSpareDhcp,
  poolsSpareGateway,
  poolsSparePodNetwork,
  poolsSpareReserved,
  poolsSpareServiceNetwork,
} from './rules/network.ts';
import { entryHasNoHostBits, entryIsReadable, poolHasAddresses } from './rules/pool-entries.ts';
import { poolsLieInSubnets, poolsSpareSubnetEnds } from './rules/layer-two.ts';
import { settingsHaveEffect, wavesHaveTime } from './rules/settings-in-effect.ts';
import {
  allocationsNameSomebody,
  extrasHoldNoPassword,
  frrK8sTakesEveryField,
  holdTimesAreWholeSeconds,
  passwordSecretsAreNear,
} from './rules/silent-settings.ts';
import { addressesAreUsable } from './rules/special-ranges.ts';
import { poolsAreDisjoint } from './rules/pool-overlap.ts';
import {
  advertisedPeersExist,
  advertisedPoolsExist,
  bfdProfilesExist,
  listsHoldNothingTwice,
} from './rules/references.ts';
import {
  advertisementsHavePeers,
  peersAreTold,
  poolSelectorsMatch,
  poolsShareNodes,
  poolsSparePeers,
} from './rules/reach.ts';
import { type PoolLabels, ruleContext } from './rules/rule-context.ts';
import { type Rule } from './rules/rule.ts';

/** Every rule. A new one is a function, a line here and a test. */
const rules: readonly Rule[] = [
  environmentIsItsFolder,
  namesAreUnique,
  labelsCanBeSet,
  networkIsReadable,
  entryIsReadable,
  entryHasNoHostBits,
  poolHasAddresses,
  poolsAreDisjoint,
  poolsSpareGateway,
  poolsSparePodNetwork,
  poolsSpareServiceNetwork,
  poolsSpareDhcp,
  poolsSpareReserved,
  addressesAreUsable,
  poolsSpareSubnetEnds,
  poolsLieInSubnets,
  allocationsNameSomebody,
  poolsAreAdvertised,
  advertisedPoolsExist,
  advertisedPeersExist,
  bfdProfilesExist,
  listsHoldNothingTwice,
  peersHaveOneRemoteAsn,
  peersHaveOneTarget,
  multihopPeersAreExternal,
  peerAddressesAreReadable,
  peersHaveOnePassword,
  passwordsAreSecret,
  extrasHoldNoPassword,
  passwordSecretsAreNear,
  holdTimesAreAllowed,
  holdTimesAreWholeSeconds,
  keepaliveIsWithinHoldTime,
  connectTimesAreAllowed,
  communitiesAreKnown,
  aliasesAreLiterals,
  aliasesAreUnique,
  aggregatesFitPools,
  selectorsExcludeAggregation,
  localPreferencesAgree,
  echoIsForIpv4,
  selectorsDiffer,
  conditionsDiffer,
  conditionsHaveTheirValues,
  selectorsCanMatch,
  poolSelectorsMatch,
  poolsShareNodes,
  poolsSparePeers,
  peersAreTold,
  advertisementsHavePeers,
  nativePeersArePlain,
  nativePeersAreIpv4,
  nativeHasNoBfd,
  nativeCommunitiesAreStandard,
  nativeAnnouncesIpv4Only,
  frrPeersDiffer,
  frrPeersAgree,
  frrK8sTakesEveryField,
  settingsHaveEffect,
  wavesHaveTime,
];

/**
 * What the rules read: a checked config, or the document's value where the schema found errors. What has the wrong type is
 * passed over, the schema tells of it.
 */
export interface RuleInput {
  readonly file: string;
  readonly config: EnvironmentConfig | Json;
  /** The name of the folder the file lies in, where that is to be the environment's name. */
  readonly folder?: string | undefined;
  /** Labels of the pools, where they are written elsewhere than in the config. */
  readonly labels?: PoolLabels;
}

/** All findings of all rules over one environment's config, rule by rule and in document order. */
export function checkEnvironmentRules(input: RuleInput): readonly Finding<DocumentPlace>[] {
  const context = ruleContext(input.config, input.folder, input.labels);
  return rules.flatMap((rule) => rule(context)).map((finding) => placeFinding(input.file, finding));
}
