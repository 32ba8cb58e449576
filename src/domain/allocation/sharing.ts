import { serviceKey, type ServiceView } from './service-view.ts';

/** Why two Services cannot have one address, as the end of a sentence; undefined where they can. */
export function sharingConflict(service: ServiceView, holder: ServiceView): string | undefined {
  const other = serviceKey(holder);
  if (service.sharingKey === '' || service.sharingKey !== holder.sharingKey) {
    return `${other} holds it and they have no sharing key in common`;
  }
  const port = service.ports.find((each) => holder.ports.includes(each));
  if (port !== undefined) {
    return `${other} holds it with the same port ${port}`;
  }
  if (service.backendKey !== holder.backendKey) {
    return `${other} holds it with another traffic policy or other pods`;
  }
  return undefined;
}
