export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

const references: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

function decode(text: string): string {
  if (/[<]|&(?!(?:amp|lt|gt|quot|apos);)|\]\]>/u.test(text)) {
    throw new Error(`not escaped: ${JSON.stringify(text)}`);
  }
  return text.replaceAll(/&(\w+);/gu, (_, name: string) => references.get(name) ?? '');
}

/** Reads XML 1.0 without comments, sections and document types; throws for what is not well-formed (sections 2 and 3). */
export function readXml(source: string): XmlElement {
  // Section 2.2: the characters that a document may hold.
  if (!/^[\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]*$/u.test(source)) {
    throw new Error('a character that XML does not have');
  }
  let rest = source.replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>\s*/u, '');
  const take = (pattern: RegExp): RegExpExecArray => {
    const match = pattern.exec(rest);
    if (match === null) {
      throw new Error(`not well-formed at ${JSON.stringify(rest.slice(0, 40))}`);
    }
    rest = rest.slice(match[0].length);
    return match;
  };
  const element = (): XmlElement => {
    const [, name = '', written = '', closed = ''] = take(/^<([a-z-]+)((?:\s+[a-z]+="[^"]*")*)\s*(\/?)>/u);
    const attributes = new Map<string, string>();
    for (const [, key = '', value = ''] of written.matchAll(/([a-z]+)="([^"]*)"/gu)) {
      if (attributes.has(key)) {
        throw new Error(`${key} stands twice`);
      }
      attributes.set(key, decode(value));
    }
    if (closed !== '') {
      return { name, attributes, children: [], text: '' };
    }
    const children: XmlElement[] = [];
    let text = '';
    while (!rest.startsWith('</')) {
      if (rest.startsWith('<')) {
        children.push(element());
      } else {
        text += decode(take(/^[^<]+/u)[0]);
      }
    }
    if (take(/^<\/([a-z-]+)>/u)[1] !== name) {
      throw new Error(`${name} is closed by another element`);
    }
    return { name, attributes, children, text };
  };
  const root = element();
  if (rest.trim() !== '') {
    throw new Error('text behind the root element');
  }
  return root;
}
