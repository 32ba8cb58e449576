import { checkEnvironmentRules } from '../../../../src/domain/environment/check-environment.ts';
import type { Json, JsonObject } from '../../../../src/domain/json.ts';

export interface Told {
  readonly code: string;
  readonly severity: string;
  readonly pointer: string;
  readonly message: string;
  readonly remedy: string;
}

/** All findings over a config, flat, but for peers without advertisements and the reverse: those have a test of their own. */
export function check(config: Json, folder?: string): readonly Told[] {
  return checkAll(config, folder).filter(({ code }) => code !== 'bgp-peer-idle' && code !== 'bgp-advertisement-idle');
}

/** All findings over a config, flat. */
export function checkAll(config: Json, folder?: string): readonly Told[] {
  return checkEnvironmentRules({ file: 'environments/dev/config-dev.yaml', config, folder }).map(
    ({ code, severity, place, message, remedy }) => ({ code, severity, pointer: place.pointer, message, remedy }),
  );
}

/** The findings over what stands under `metallb`. */
export function checkMetalLb(metallb: JsonObject, network?: JsonObject): readonly Told[] {
  return check(network === undefined ? { metallb } : { network, metallb });
}

/** Code and place only, for counting what is found. */
export function brief(told: readonly Told[]): readonly string[] {
  return told.map(({ code, pointer }) => `${code} ${pointer}`);
}

export function pool(name: string, ...addresses: readonly string[]): JsonObject {
  return { name, addresses };
}
