interface Reply {
  readonly code: number;
  readonly type: string;
  readonly text: string;
}

const sentences: ReadonlyMap<number, string> = new Map([
  [400, 'the server rejected our request for an unknown reason'],
  [401, 'the server has asked for the client to provide credentials'],
  [404, 'the server could not find the requested resource'],
  [405, 'the server does not allow this method on the requested resource'],
  [409, 'the server reported a conflict'],
  [503, 'the server is currently unable to handle the request'],
]);

/** What the API server says of a reply that is no success; undefined for one that is. */
export function refusedReply({ code, type, text }: Reply): string | undefined {
  if (code >= 200 && code <= 206) {
    return undefined;
  }
  const isText = type === '' || type.startsWith('text/');
  const told = JSON.stringify(isText ? text.trim() : 'unknown');
  const otherwise =
    code >= 500
      ? `an error on the server (${told}) has prevented the request from succeeding`
      : `the server responded with the status code ${code} but did not return more information`;
  return sentences.get(code) ?? otherwise;
}
