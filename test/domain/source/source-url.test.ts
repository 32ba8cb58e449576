import { expect, test } from 'vitest';
import { parseSourceUrl } from '../../../src/domain/source/source-url.ts';

test.each([
  ['https://example.com/team/config.git', 'https', 'example.com'],
  ['HTTPS://example.com:8443/config', 'https', 'example.com'],
  ['http://[::1]:3000/config.git', 'http', '[::1]'],
  ['ssh://git@example.com:2222/srv/config.git', 'ssh', 'example.com'],
  ['git@example.com:team/config.git', 'ssh', 'example.com'],
  ['example.com:config.git', 'ssh', 'example.com'],
  ['file:///srv/config.git', 'file', undefined],
  ['/srv/a:b/config.git', 'file', undefined],
  ['./config', 'file', undefined],
  ['.', 'file', undefined],
  ['/srv/with blank/ä', 'file', undefined],
])('accepts %s as %s', (text, transport, host) => {
  expect(parseSourceUrl(text)).toMatchObject({ ok: true, value: { text, transport, host } });
});

test.each([
  ['', 'empty'],
  [' /srv', 'blank'],
  ['ext::sh -c id', 'could run commands'],
  ['fd::17', 'could run commands'],
  ['-oProxyCommand=id', 'option'],
  ['--upload-pack=id', 'option'],
  ['git://example.com/x', 'git://'],
  ['ftp://example.com/x', 'ftp://'],
  ['javascript://example.com/x', 'javascript://'],
  ['https://token@example.com/x', 'credentials'],
  ['https://user:word@example.com/x', 'credentials'],
  ['ssh://git:word@example.com/x', 'credentials'],
  ['git:word@example.com:x', 'credentials'],
  ['ssh://-oProxyCommand=id/x', 'host'],
  ['ssh://-o@example.com/x', 'user'],
  ['-host:x', 'option'],
  ['git@-host:x', 'host'],
  ['git@host:-x', 'option'],
  ['ssh://host/-x', 'option'],
  ['https://example.com', 'no repository'],
  ['https://example.com/', 'no repository'],
  ['https:///x', 'host'],
  ['https://exa mple.com/x', 'host'],
  ['https://example.com:99999/x', 'host'],
  ['https://example.com/x?a=b', 'query'],
  ['https://example.com/x#y', 'fragment'],
  ['https://example.com/a\\b', 'percent escape'],
  ['https://example.com/%0aevil', 'control'],
  ['https://example.com/%zz', 'percent'],
  ['file://server/x', 'another machine'],
  ['/srv/x\nevil', 'control'],
  ['/srv/x\u0000', 'control'],
  [`/${'x'.repeat(3000)}`, 'longer'],
])('refuses %j because it %s', (text, words) => {
  expect(parseSourceUrl(text)).toMatchObject({ ok: false, reason: expect.stringContaining(words) as string });
});

test('never repeats a password in the reason', () => {
  const parsed = parseSourceUrl('https://user:canary@example.com/x');
  expect(JSON.stringify(parsed)).not.toContain('canary');
});
