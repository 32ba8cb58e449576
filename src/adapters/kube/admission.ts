/** The webhook that the API server could not call, by its name; undefined where that isn't what the message says. */
export function unreachableWebhook(message: string): string | undefined {
  return (
    /failed calling webhook "([^"]*)"/u.exec(message)?.[1] ??
    /conversion webhook for ([^ ]+?),? (?:Kind=[^ ]+ )?failed/u.exec(message)?.[1]
  );
}

/**
 * True where an admission plugin, webhook or policy refused the object. RBAC answers 403 too, but always names the user
 * first: `… is forbidden: User "…" cannot …`.
 */
export function refusedByAdmission(status: number, message: string): boolean {
  return (
    /admission webhook "[^"]*" denied the request/u.test(message) ||
    /ValidatingAdmissionPolicy '[^']*'.* denied request/u.test(message) ||
    (status === 403 && message.includes('is forbidden: ') && !message.includes('is forbidden: User "'))
  );
}
