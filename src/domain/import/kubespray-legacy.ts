import { isJsonObject, type Json, type JsonObject, listAt, textAt, valueAt } from '../json.ts';
import type { ManifestDocument } from '../plain-manifests/contribution.ts';
import { legacyConfig } from '../plain-manifests/legacy-config.ts';
import { originBelow } from '../plain-manifests/origin.ts';
import { emptyPart, type ImportedPart } from './imported.ts';
import { asBoolean, asList } from './made-resource.ts';
import { notesOf } from './notes-of-findings.ts';

/** True for variables of Kubespray before 2.23, which made MetalLB's ConfigMap. */
export function isOldKubespray(value: JsonObject): boolean {
  return ['metallb_ip_range', 'metallb_additional_address_pools'].some((key) => Object.hasOwn(value, key));
}

/** The name that Kubespray gives the pool of `metallb_ip_range`. */
const firstPool = 'loadbalanced';

function given(entries: { readonly [key: string]: Json | undefined }): JsonObject {
  return Object.fromEntries(
    Object.entries(entries).flatMap(([key, value]): readonly [string, Json][] =>
      value === undefined || value === null ? [] : [[key, value]],
    ),
  );
}

function pool(name: string, variables: JsonObject): JsonObject {
  return given({
    name,
    protocol: variables['protocol'] ?? 'layer2',
    addresses: asList(variables['ip_range']),
    'auto-assign': asBoolean(variables['auto_assign']),
    'avoid-buggy-ips': asBoolean(variables['avoid_buggy_ips']),
  });
}

function peer(variables: Json): Json {
  return given({
    'peer-address': valueAt(variables, 'peer_address'),
    'peer-asn': valueAt(variables, 'peer_asn'),
    'my-asn': valueAt(variables, 'my_asn'),
    password: valueAt(variables, 'password'),
    'source-address': valueAt(variables, 'source_address'),
    'node-selectors': valueAt(variables, 'node_selectors'),
  });
}

/** The old variables, by way of the ConfigMap that Kubespray made of them. */
export function importOldKubespray({ origin, value }: ManifestDocument): ImportedPart {
  const own = pool(textAt(value, 'metallb_pool_name') ?? firstPool, {
    protocol: value['metallb_protocol'] ?? null,
    ip_range: value['metallb_ip_range'] ?? null,
    auto_assign: value['metallb_auto_assign'] ?? null,
    avoid_buggy_ips: value['metallb_avoid_buggy_ips'] ?? null,
  });
  const additional = value['metallb_additional_address_pools'];
  const additionalAt = originBelow(origin, 'metallb_additional_address_pools');
  const others = isJsonObject(additional) ? Object.entries(additional) : [];
  const converted = [
    ...(value['metallb_ip_range'] === undefined
      ? []
      : [legacyConfig({ 'address-pools': [own] }, originBelow(origin, 'metallb_ip_range'), undefined)]),
    ...others.map(([name, each]) =>
      legacyConfig(
        { 'address-pools': [pool(name, isJsonObject(each) ? each : {})] },
        originBelow(additionalAt, name),
        undefined,
      ),
    ),
    legacyConfig(
      { peers: listAt(value, 'metallb_peers').map((each) => peer(each)) },
      originBelow(origin, 'metallb_peers'),
      undefined,
    ),
  ];
  return {
    ...emptyPart,
    resources: converted.flatMap((each) => each.resources),
    notes: converted.flatMap((each) => notesOf(each.findings)),
    isLegacy: true,
  };
}
