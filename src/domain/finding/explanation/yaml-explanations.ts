import { explained, type Explanations, withEntry, withMetallb } from './explanation.ts';

const nested = 101;

/** What is wrong with the file as text, before any key in it means anything. */
export const yamlExplanations: Explanations = {
  'yaml-syntax': explained(
    'Nothing of a file that is not well-formed can be read, by this program or by Kubernetes. The place is where reading stopped; the cause is often on the line above it.',
    withEntry('"192.168.1.0/28'),
    '"192.168.1.0/28',
    '"192.168.1.0/28"',
  ),
  'yaml-encoding': {
    why: 'Kubernetes reads UTF-8 alone. A file in UTF-16, as some editors of Windows save it, or with a zero byte in it is refused whole.',
    example: '# A zero byte stands here: \u0000\n' + withEntry('192.168.1.0/28'),
    repaired: withEntry('192.168.1.0/28'),
  },
  'yaml-limit': {
    why: 'Files, nesting and repetition are bounded, so that no file can exhaust the memory of who reads it: 2 MiB, 100 levels, 50,000 values, 100,000 values once aliases are written out. No real configuration comes near.',
    example: `${'['.repeat(nested)}${']'.repeat(nested)}\n`,
    repaired: undefined,
  },
  'yaml-directive': explained(
    'A line that starts with % is a directive of YAML. Kubernetes refuses a file that has one.',
    '%YAML 1.1\n---\n' + withEntry('192.168.1.0/28'),
    '%YAML 1.1\n---\n',
    '',
  ),
  'yaml-document-marker': explained(
    'Kubernetes cuts files at lines of three dashes and refuses, or silently loses, what else stands on such a line; it reads nothing behind three dots.',
    '--- # one\n' + withEntry('192.168.1.0/28') + '...\n# two\nnetwork:\n  gateway: 192.168.1.254\n',
    '...\n# two\n',
    '',
  ),
  'yaml-tag': explained(
    'Kubernetes knows few tags and drops others without a word, so that a value may become another one than was meant.',
    withEntry('!range 192.168.1.0/28'),
    '!range ',
    '',
  ),
  'yaml-blank': {
    why: 'A no-break space, often copied from a web page or a chat, looks like a blank and is none: YAML takes it as part of the key or the value beside it.',
    example: withEntry('192.168.1.0/28', '  namespace:\u00A0metallb\n'),
    repaired: withEntry('192.168.1.0/28', '  namespace: metallb\n'),
    along: ['yaml-syntax'],
  },
  'yaml-duplicate-key': explained(
    'Of two equal keys in one mapping Kubernetes reads the last and drops the other without a word, with all that stands below it.',
    withEntry('192.168.1.0/28', '  install: true\n  install: false\n'),
    '  install: true\n',
    '',
  ),
  'yaml-key': explained(
    'JSON, and so Kubernetes, has only text for keys. A number, a list or nothing as a key is turned into a text that depends on who reads it.',
    withEntry('192.168.1.0/28', '  controller:\n    nodeSelector:\n      1.5: x\n'),
    '1.5: x',
    '"1.5": x',
  ),
  'yaml-merge-order': explained(
    'A merge key fills in what its mapping leaves out, and its place does not matter. To Kubernetes it does: standing below a key it replaces that key.',
    withMetallb(['l2Advertisement:', '  - &base', '    name: a', '  - name: b', '    <<: *base']),
    '    - name: b\n      <<: *base',
    '    - <<: *base\n      name: b',
  ),
  'yaml-alias': {
    why: 'An alias that stands inside the value of its own anchor would have to be written out without end.',
    example: 'metallb: &all\n  ipAddressPool: *all\n',
    repaired: withEntry('192.168.1.0/28'),
  },
  'yaml-number-range': {
    why: 'A number that is infinite, or has more digits than can be kept, arrives in the cluster as another one. Most often a text was meant, such as an id.',
    example: withEntry('192.168.1.0/28', '  controller:\n    nodeSelector:\n      id: 12345678901234567890\n'),
    repaired: withEntry('192.168.1.0/28', '  controller:\n    nodeSelector:\n      id: "12345678901234567890"\n'),
    along: ['wrong-type'],
  },
  'yaml-ambiguous-scalar': explained(
    'Kubernetes reads YAML 1.1, where yes, on and 0777 are a boolean and an octal number; editors and other tools read YAML 1.2, where they are a text and a decimal one. What reviewers see is then not what is deployed.',
    withEntry('192.168.1.0/28', '  install: yes\n'),
    'install: yes',
    'install: true',
  ),
  'document-missing': {
    why: 'A file that is empty or holds only comments configures nothing. It is refused so that a configuration that was lost by accident is not taken for one that asks for nothing.',
    example: '# Nothing here yet.\n',
    repaired: withEntry('192.168.1.0/28'),
  },
  'document-count': explained(
    'An environment is one document, so that there is one place to look. A second one in its file would be passed over.',
    withEntry('192.168.1.0/28') + '---\nnetwork:\n  gateway: 192.168.1.254\n',
    '---\n',
    '',
  ),
  'document-type': {
    why: 'The configuration is a mapping of keys to values. A list or a single value at its top cannot be one.',
    example: '- 192.168.1.0/28\n',
    repaired: withEntry('192.168.1.0/28'),
  },
  'environment-file-twice': {
    why: 'An environment is configured by config-NAME.yaml or config-NAME.yml in its folder. With both there, which one counts would be left to chance.',
    example: withEntry('192.168.1.0/28'),
    repaired: undefined,
    besides: 'environments/dev/config-dev.yml',
  },
};
