/** One document of a file: where its text starts, and the text without its marker line. */
export interface DocumentText {
  readonly offset: number;
  readonly text: string;
}

export interface SplitText {
  readonly documents: readonly DocumentText[];
  /** Marker lines that hold more than a comment: kubectl refuses them. */
  readonly badMarkers: readonly { readonly offset: number; readonly length: number }[];
}

const marker = /^---(?=[ \t\r\n]|$)[^\r\n]*(?:\r\n|\n|\r|$)/gm;

/**
 * Cuts a file at its `---` lines, as Kubernetes does before its parser sees a document: an error in one document leaves
 * the others readable. (A line that starts with `---` can be nothing else in YAML.)
 */
export function splitDocuments(text: string): SplitText {
  const documents: DocumentText[] = [];
  const badMarkers: { offset: number; length: number }[] = [];
  let start = 0;
  for (const found of text.matchAll(marker)) {
    documents.push({ offset: start, text: text.slice(start, found.index) });
    start = found.index + found[0].length;
    if (!/^---[ \t]*(?:#.*)?$/.test(found[0].trimEnd())) {
      badMarkers.push({ offset: found.index, length: found[0].trimEnd().length });
    }
  }
  documents.push({ offset: start, text: text.slice(start) });
  return { documents, badMarkers };
}
