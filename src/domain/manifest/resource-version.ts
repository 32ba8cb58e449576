const decimal = /^(?:0|[1-9]\d*)$/u;

/**
 * True where both are versions as API servers give them (decimal numbers of any length; those of one resource are
 * comparable) and the first is the older one. Versions of any other form have no order.
 */
export function isOlderVersion(version: string, than: string): boolean {
  if (!decimal.test(version) || !decimal.test(than)) {
    return false;
  }
  return version.length === than.length ? version < than : version.length < than.length;
}
