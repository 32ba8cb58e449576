import { describe, expect, it } from 'vitest';
import { compileCel } from '../../../src/domain/cel/program.ts';
import { CelBudgetError, CelMeter, fromJson } from '../../../src/domain/cel/value.ts';

const self = {
  name: 'pool-1',
  size: 3,
  ratio: 0.5,
  on: true,
  none: null,
  tags: ['a', 'b', 'c'],
  ports: [
    { port: 80, name: 'http' },
    { port: 443, name: 'https' },
  ],
  labels: { app: 'web', tier: 'front' },
};

function evaluate(source: string, limit = 1_000_000): unknown {
  const compiled = compileCel(source, ['self']);
  if (!compiled.ok) {
    throw new Error(compiled.mistake);
  }
  return compiled.program.run(() => fromJson(self), new CelMeter(limit));
}

/** Every expression of a list is true. */
const holds = `
[3, 1, 2].sort() == [1, 2, 3] && ['b', 'a'].sort() == ['a', 'b']
[1, 1, 2, 1].distinct() == [1, 2] && [].distinct() == []
[1, 2].first().value() == 1 && [1, 2].last().value() == 2 && !self.tags.filter(t, false).first().hasValue()
lists.range(3) == [0, 1, 2] && lists.range(-1) == []
[[1, [2]], [3]].flatten() == [1, [2], 3] && [[1, [2, [3]]]].flatten(2) == [1, 2, [3]] && [[1]].flatten(0) == [[1]]
optional.unwrap([optional.of(1), optional.none()]) == [1] && [optional.of('a')].unwrapOpt() == ['a']
semver('1.2.3').major() == 1 && semver('1.2.3').minor() == 2 && semver('1.2.3').patch() == 3
semver('1.2.3').isLessThan(semver('1.10.0')) && semver('2.0.0').isGreaterThan(semver('2.0.0-rc.1'))
semver('1.0.0-alpha').isLessThan(semver('1.0.0-alpha.1')) && semver('1.0.0-2').isLessThan(semver('1.0.0-10'))
semver('1.0.0-10').isLessThan(semver('1.0.0-a')) && semver('1.0.0+a') == semver('1.0.0+b')
semver('1.0.0').compareTo(semver('1.0.1')) == -1 && semver('v1', true) == semver('1.0.0')
isSemver('1.2.3-rc.1+b') && !isSemver('1.2') && !isSemver('01.2.3') && isSemver('v01.2', true)
format.uri().validate('https://example.com/a') == optional.none() && format.uri().validate('a b').hasValue()
1 + 2 * 3 == 7
-7 / 2 == -3 && -7 % 2 == -1
0x10 == 16 && 1e3 == 1000.0 && 5u == 5u
1 == 1.0 && 1u == 1 && 2 > 1.5 && 1u < 2
9223372036854775807 > -9223372036854775808
'a' < 'b' && "é" == '\\u00e9' && r'\\d' == '\\\\d' && '''a"b''' == 'a"b'
b'abc' == bytes('abc') && size(b'é') == 2 && string(b'ab') == 'ab'
[1, 2] + [3] == [1, 2, 3] && {'a': 1}['a'] == 1 && {1: 'x'}[1u] == 'x'
2 in [1, 2] && 'app' in self.labels && !('zz' in self.labels)
self.name == 'pool-1' && self['size'] == 3 && self.ratio == 0.5
has(self.name) && !has(self.zz) && has(self.none) && self.none == null
self.on ? true : self.zz
true || self.zz == 1
self.zz == 1 || true
!(false && self.zz == 1)
self.tags.all(t, t.size() == 1) && self.tags.exists(t, t == 'b') && self.tags.exists_one(t, t == 'b')
self.ports.map(p, p.port) == [80, 443] && self.ports.map(p, p.port > 100, p.name) == ['https']
self.ports.filter(p, p.name.startsWith('http')).size() == 2
self.labels.all(k, k.matches('^[a-z]+$')) && self.labels.exists(k, self.labels[k] == 'web')
self.tags.all(i, t, self.tags[i] == t) && self.tags.transformList(i, t, t + string(i)) == ['a0', 'b1', 'c2']
self.labels.transformMap(k, v, k + v) == {'app': 'appweb', 'tier': 'tierfront'}
[1, 0, 2].exists(x, 4 / x == 2)
self.tags.map(t, self.tags.map(u, t + u)).size() == 3
self.?zz.hasValue() == false && self.?name.orValue('x') == 'pool-1' && self.?zz.yy.orValue(5) == 5
self.tags[?7].orValue('x') == 'x' && optional.of(1).optMap(v, v + 1).value() == 2 && [?self.?zz, 1] == [1]
'a,b,c'.split(',') == ['a', 'b', 'c'] && 'a,b,c'.split(',', 2) == ['a', 'b,c'] && ['a', 'b'].join('-') == 'a-b'
'tacocat'.substring(4) == 'cat' && 'tacocat'.substring(0, 4) == 'taco' && 'abc'.charAt(1) == 'b' && 'abc'.charAt(3) == ''
'hello'.indexOf('l') == 2 && 'hello'.lastIndexOf('l') == 3 && [1, 2, 1].lastIndexOf(1) == 2 && 'x'.indexOf('y') == -1
' a '.trim() == 'a' && 'ABC'.lowerAscii() == 'abc' && 'aXa'.replace('a', 'b') == 'bXb' && 'aaa'.replace('a', 'b', 1) == 'baa'
'abc 123'.find('[0-9]+') == '123' && '1 2 3'.findAll('[0-9]') == ['1', '2', '3'] && 'x[1]'.matches('[[:alpha:]]')
'%s is %d, %.2f, %x'.format(['a', 5, 1.5, 255]) == 'a is 5, 1.50, ff'
int('12') == 12 && int(3.9) == 3 && double('1.5') == 1.5 && string(1.0) == '1' && string(true) == 'true' && bool('true')
type(1) == int && type('a') == string && type([]) == list && type(null) == null_type && type(1.0) != int
duration('1h30m').getMinutes() == 90 && duration('90s') == duration('1m30s') && duration('1.5s').getMilliseconds() == 1500
timestamp('2026-01-02T03:04:05Z').getFullYear() == 2026 && timestamp('2026-01-02T00:00:00+01:00') < timestamp('2026-01-02T00:00:00Z')
timestamp('2024-02-29T00:00:00Z') + duration('24h') == timestamp('2024-03-01T00:00:00Z') && string(timestamp('2024-02-29T12:00:00.5Z')) == '2024-02-29T12:00:00.5Z'
timestamp('2026-11-21T10:00:00Z').getDayOfWeek() == 6 && timestamp('2026-11-21T10:00:00Z').getMonth() == 10 && timestamp('1969-12-31T23:59:59Z').getDate() == 31
[3, 1, 2].max() == 3 && [3, 1, 2].min() == 1 && [1, 2].sum() == 3 && [1, 2, 3].isSorted() && ![2, 1].isSorted() && [].sum() == 0
sets.contains([1, 2], [2]) && sets.equivalent([1, 1], [1]) && !sets.intersects([1], [2])
quantity('1Gi') == quantity('1024Mi') && quantity('1.5').add(1) == quantity('2500m') && quantity('2k').asInteger() == 2000 && !isQuantity('1x')
quantity('200m').isLessThan(quantity('1')) && quantity('-1').sign() == -1 && quantity('1').compareTo(quantity('1e0')) == 0
isIP('10.0.0.1') && !isIP('10.0.0.01') && ip('::1').isLoopback() && ip('fd00::1').family() == 6 && !ip.isCanonical('FD00::1')
cidr('10.0.0.0/8').containsIP('10.1.2.3') && cidr('10.0.0.0/8').containsCIDR('10.0.0.0/16') && !cidr('10.0.0.0/16').containsCIDR('10.0.0.0/8')
cidr('10.0.0.5/24').masked() == cidr('10.0.0.0/24') && cidr('fd00::/64').prefixLength() == 64 && !isCIDR('10.0.0.0') && string(ip('10.0.0.1')) == '10.0.0.1'
url('https://a.example:8080/x?y=1').getPort() == '8080' && url('https://a.example/x').getHostname() == 'a.example' && isURL('/x') && !isURL('x')
format.dns1123Label().validate('a-b') == optional.none() && format.dns1123Label().validate('A').hasValue() && format.named('uuid').hasValue()
format.dns1123LabelPrefix().validate('a-') == optional.none() && format.dns1123Label().validate('a-').hasValue() && format.dns1035Label().validate('1a').hasValue()
format.qualifiedName().validate('example.com/a_b') == optional.none() && format.qualifiedName().validate('a/b/c').hasValue() && format.labelValue().validate('') == optional.none()
'%s %s %s'.format([1u, duration('90s'), timestamp('2026-01-02T00:00:00Z')]) == '1 90s 2026-01-02T00:00:00Z' && string(duration('90s')) == '90s'
self == {'name': 'pool-1', 'size': 3, 'ratio': 0.5, 'on': true, 'none': null, 'tags': ['a', 'b', 'c'], 'ports': self.ports, 'labels': self.labels}
// a comment may stand before
`
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('//'));

const failures: readonly (readonly [source: string, message: string])[] = [
  ['self.zz', 'no such key: zz'],
  ['self.tags[3]', 'index out of bounds: 3'],
  ['1 / 0 == 1', 'division by zero'],
  ['1 % 0 == 1', 'modulus by zero'],
  ['9223372036854775807 + 1 > 0', 'integer overflow'],
  ["self.size + 'a' == ''", 'no such overload'],
  ['self.zz == 1 && self.yy == 2', 'no such key: zz'],
  ["'a'.matches('(')", 'error parsing regexp'],
  ["'aa'.matches('(a)\\\\1')", 'error parsing regexp'],
  ["duration('x') == duration('1s')", 'time: invalid duration "x"'],
  ["int('x') == 1", 'strconv.ParseInt: parsing "x": invalid syntax'],
  ["ip('x').family() == 4", 'IP Address "x" parse error'],
  ['optional.none().value()', 'optional.none() dereference'],
  ["'abc'.substring(2, 1)", 'invalid substring range'],
];

const mistakes: readonly (readonly [source: string, words: string])[] = [
  ['other == 1', "ERROR: <input>:1:1: undeclared reference to 'other' (in container '')\n | other == 1\n | ^"],
  ['self.nope(1)', "undeclared reference to 'nope'"],
  ['self.size >', "Syntax error: mismatched input '<EOF>'"],
  ['self.size 1', "Syntax error: extraneous input '1'"],
  ['(', 'Syntax error'],
  ['"a', 'token recognition error'],
  ["'\\q'", 'token recognition error'],
  ['self.tags.all(t.x, true)', 'argument must be a simple name'],
  ['has(self)', 'invalid argument to has() macro'],
  ['package == 1', 'reserved identifier: package'],
  ['9223372036854775808 > 0', 'invalid int literal'],
  [`${'('.repeat(300)}1${')'.repeat(300)}`, 'recursion limit exceeded'],
  [`${'!'.repeat(400)}true`, 'recursion limit exceeded'],
  [`'${'a'.repeat(100_001)}' == ''`, 'exceeds limit'],
];

const runaways: readonly string[] = [
  'self.tags.all(a, self.tags.all(b, self.tags.all(c, self.tags.all(d, self.tags.all(e, self.tags.all(f, self.tags.all(g, a + b + c != d)))))))',
  "[1].map(a, 'aaaaaaaaaaaaaaaaaaaa'.replace('a', 'aaaaaaaaaaaaaaaaaaaa').replace('a', 'aaaaaaaaaaaaaaaaaaaa').replace('a', 'aaaaaaaaaaaaaaaaaaaa').replace('a', 'aaaaaaaaaaaaaaaaaaaa').replace('a', 'aaaaaaaaa').size() > 1)[0]",
];

describe('the Common Expression Language', () => {
  it.each(holds)('%s', (source) => {
    expect(evaluate(source)).toBe(true);
  });

  it.each(failures)('%s ends in: %s', (source, message) => {
    expect(() => evaluate(source)).toThrow(message);
  });

  it.each(mistakes)('%s is refused before it runs', (source, words) => {
    expect(() => evaluate(source)).toThrow(words);
  });

  it.each(runaways)('is stopped where it works too long: %s', (source) => {
    expect(() => evaluate(source, 10_000)).toThrow(CelBudgetError);
  });
});
