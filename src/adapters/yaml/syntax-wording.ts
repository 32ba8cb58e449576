import type { FindingCode } from '../../domain/finding/finding-codes.ts';

export interface SyntaxWording {
  readonly code: FindingCode;
  readonly message: string;
  readonly remedy: string;
}

const wordings: readonly (readonly [RegExp, SyntaxWording])[] = [
  [
    /^tab characters/,
    {
      code: 'yaml-syntax',
      message: 'A tab stands in the indentation; YAML indents with blanks alone.',
      remedy: 'Replace the tab by blanks, two for a level.',
    },
  ],
  [
    /^bad indentation/,
    {
      code: 'yaml-syntax',
      message: 'The indentation fits no level above, or a value holds a colon or a quote that ends it early.',
      remedy: 'Align the line with its siblings, and put a value with `: ` in it in quotes.',
    },
  ],
  [
    /multiline key|colon is missed/,
    {
      code: 'yaml-syntax',
      message: 'A key without a colon, or a text that goes on where a key is expected.',
      remedy: 'Write `key: value`, with a blank behind the colon.',
    },
  ],
  [
    /within a (?:double|single) quoted/,
    { code: 'yaml-syntax', message: 'A quoted text does not end.', remedy: 'Close the quote.' },
  ],
  [
    /flow collection|flow collections|flow sequence|expected the node content/,
    {
      code: 'yaml-syntax',
      message: 'A list in [ ] or a mapping in { } is not well-formed or does not end.',
      remedy: 'Separate the entries by commas and close the bracket.',
    },
  ],
  [
    /^unknown escape|expected hexadecimal/,
    {
      code: 'yaml-syntax',
      message: 'A backslash stands before a character that it cannot escape.',
      remedy: 'Double the backslash, or use single quotes.',
    },
  ],
  [
    /^end of the stream or a document separator/,
    {
      code: 'yaml-syntax',
      message: 'The document ends above this line, yet text follows.',
      remedy: 'Align the line with the document it belongs to, or start a new document with ---.',
    },
  ],
  [
    /^unidentified alias/,
    {
      code: 'yaml-syntax',
      message: 'The alias names an anchor that is not defined above it.',
      remedy: 'Define the anchor with & first; in quotes a * is plain text.',
    },
  ],
  [
    /^unknown tag|^undeclared tag|^tag |^cannot resolve a node|^unacceptable node kind|within a verbatim tag|^named tag/,
    {
      code: 'yaml-tag',
      message: 'The tag is not one of the standard ones, or the value does not fit it.',
      remedy: 'Leave the tag away, or put the value in quotes where it is text.',
    },
  ],
  [
    /^nesting exceeded/,
    {
      code: 'yaml-limit',
      message: 'The document is nested deeper than 100 levels.',
      remedy: 'Flatten it; no Kubernetes configuration is that deep.',
    },
  ],
  [
    /^merge keys exceeded|^abnormal merge/,
    {
      code: 'yaml-limit',
      message: 'Merge keys copy more than 10,000 keys.',
      remedy: 'Write the values out, or merge less.',
    },
  ],
  [
    /^cannot merge/,
    { code: 'yaml-syntax', message: 'A merge key needs a mapping.', remedy: 'Let << name an anchor of a mapping.' },
  ],
  [
    /non-printable/,
    {
      code: 'yaml-syntax',
      message: 'A control character stands in the text.',
      remedy: 'Remove it, or write it as an escape in double quotes.',
    },
  ],
  [
    /inside keys/,
    { code: 'yaml-key', message: 'A list or mapping is used as a key.', remedy: 'Use a text as the key.' },
  ],
];

/** Our wording for the parser's reason; one it does not know is told in general terms. */
export function wordSyntaxError(reason: string): SyntaxWording {
  const found = wordings.find(([pattern]) => pattern.test(reason));
  return (
    found?.[1] ?? {
      code: 'yaml-syntax',
      message: 'The YAML cannot be read here.',
      remedy: 'Check indentation, quotes, brackets and colons of this line and the one above.',
    }
  );
}
