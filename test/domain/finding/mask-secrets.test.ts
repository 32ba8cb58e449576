import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskSecrets } from '../../../src/domain/finding/mask-secrets.ts';

const secret = 'hunter2-Geheim';

/** Every way in which a password was seen to stand in a file, be it no YAML at all. */
const places: readonly string[] = [
  `password: ${secret}`,
  `    - password: "${secret}" # of the peer`,
  `  - name: a\n    'password' : '${secret}'`,
  `peers: [{name: a, password: ${secret}, myASN: 1}]`,
  `  password: |\n    ${secret}\n    ${secret}\n`,
  `  password:\n    ${secret}`,
  `  password:\n\n    "first\n    ${secret}"`,
  `password: "first\n${secret}\nlast ${secret}"\n`,
  `password:\n- ${secret}`,
  `- ? password\n  : ${secret}\n`,
  `x: &pw ${secret}\ny:\n  password: *pw\n`,
  `password ${secret}`,
  `password:${secret}`,
  `PASSWORD=${secret}`,
  `passwrd: ${secret}\npasword: ${secret}\nbgpPassword: ${secret}`,
  `password\u00A0:\u00A0${secret}`,
  `bgpExtras: |\n  neighbor 10.0.0.1 password ${secret}\n`,
  `{"kind":"BGPPeer","spec":{"password":"${secret}"}}`,
  `  note: '{\\"password\\":\\"${secret}\\"}'`,
  `"config": "peers:\\n- password: ${secret}\\n"`,
  `apiVersion: v1\nkind: Secret\nstringData:\n  token: ${secret}\n  more: |\n    ${secret}\n`,
  `data: {token: ${secret}}\nkind: Secret\n`,
  `a: 1\n---\n{"data": {"token": "${secret}"},\n "kind": "Secret"}`,
  `secretkey: ${secret}`,
  `# password: ${secret}`,
];

describe('a text that is shown', () => {
  it.each(places)('holds no secret: %j', (text) => {
    const shown = maskSecrets(text);
    expect(shown).not.toContain(secret);
    expect(shown).toHaveLength(text.length);
    expect(maskSecrets(text.replaceAll('\n', '\r\n'))).not.toContain(secret);
  });

  it.each([
    '    passwordSecret:\n      name: bgp-password\n      namespace: metallb-system\n',
    '    passwordSecret: {name: bgp-password, namespace: metallb-system}',
    '- name: a\n  password: "***"\n  myASN: 64512\n'.replace('"***"', ''),
    'kind: ConfigMap\ndata:\n  config: x\n',
    '  # the password:\n    deeper: 1',
    'addresses: [10.0.0.0/24]\n',
  ])('is left as it is where nothing is secret: %j', (text) => {
    expect(maskSecrets(text)).toBe(text);
  });

  it('shows what stands beside and below a secret', () => {
    expect(maskSecrets('- name: a\n  password: x\n  myASN: 1\n')).toBe('- name: a\n  password: *\n  myASN: 1\n');
    expect(maskSecrets('kind: Secret\ndata:\n  a: b\nmetadata: {name: c}\n---\ndata: {a: b}\n')).toBe(
      'kind: Secret\ndata:\n  ****\nmetadata: {name: c}\n---\ndata: {a: b}\n',
    );
  });

  it('keeps every offset and every line break', () => {
    const piece = fc.constantFrom(
      'password',
      ':',
      ' ',
      '\n',
      '\r\n',
      '"',
      'x',
      '- ',
      '---',
      'kind: Secret',
      '&a',
      '*a',
      '|',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const text = pieces.join('');
        const shown = maskSecrets(text);
        expect(shown).toHaveLength(text.length);
        expect(shown.replaceAll(/[^\r\n]/gu, '')).toBe(text.replaceAll(/[^\r\n]/gu, ''));
      }),
    );
  });
});
