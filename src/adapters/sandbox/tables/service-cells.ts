import { listAt, numberAt, textAt } from '../../../domain/json.ts';
import type { Json } from '../../../domain/json.ts';
import { none } from './cell-values.ts';

export function externalAddress(service: Json): string {
  const own = listAt(service, 'spec', 'externalIPs').map((one) => (typeof one === 'string' ? one : ''));
  switch (textAt(service, 'spec', 'type') ?? '') {
    case 'ExternalName':
      return textAt(service, 'spec', 'externalName') ?? '';
    case 'LoadBalancer': {
      const given = listAt(service, 'status', 'loadBalancer', 'ingress').flatMap((one) => {
        const address = textAt(one, 'ip') ?? textAt(one, 'hostname');
        return address === undefined ? [] : [address];
      });
      const all = [...given, ...own];
      return all.length === 0 ? '<pending>' : all.join(',');
    }
    default:
      return own.length === 0 ? none : own.join(',');
  }
}

export function servicePorts(service: Json): string {
  const texts = listAt(service, 'spec', 'ports').map((port) => {
    const node = numberAt(port, 'nodePort') ?? 0;
    return `${numberAt(port, 'port') ?? 0}${node === 0 ? '' : `:${node}`}/${textAt(port, 'protocol') ?? ''}`;
  });
  return texts.length === 0 ? none : texts.join(',');
}

const shownAtMost = 3;

/** The first three, and how many more. */
function shortList(texts: readonly string[]): string {
  const more = texts.length > shownAtMost ? ` + ${texts.length - shownAtMost} more...` : '';
  return texts.length === 0 ? '<unset>' : `${texts.slice(0, shownAtMost).join(',')}${more}`;
}

export function sliceAddresses(slice: Json): string {
  return shortList(
    listAt(slice, 'endpoints').flatMap((endpoint) =>
      listAt(endpoint, 'addresses').map((one) => (typeof one === 'string' ? one : '')),
    ),
  );
}

export function slicePorts(slice: Json): string {
  const ports = listAt(slice, 'ports').map((port) => String(numberAt(port, 'port') ?? '*'));
  return shortList(ports);
}
