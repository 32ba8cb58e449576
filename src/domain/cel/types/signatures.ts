import {
  bool,
  bytes,
  double,
  duration,
  dyn,
  int,
  nothing,
  opaque,
  parameter,
  string,
  timestamp,
  uint,
} from './value-type.ts';
import type { ValueType } from './value-type.ts';

/** One way to call a function: of a method the receiver comes first. */
export interface Signature {
  readonly isMethod: boolean;
  readonly args: readonly ValueType[];
  readonly result: ValueType;
}

/**
 * `name (arguments) result` or `name receiver.(arguments) result`, several after `|`. Capital letters are parameters. The
 * functions are those of the language (its definition, "Standard definitions") and of the API server's libraries.
 */
const table = `
!_ (bool) bool
-_ (int) int | (double) double
_&&_ (bool,bool) bool
_||_ (bool,bool) bool
_?_:_ (bool,A,A) A
_==_ (A,A) bool
_!=_ (A,A) bool
@in (A,list(A)) bool | (A,map(A,B)) bool
_[_] (list(A),int) A | (map(A,B),A) B | (optional_type(list(A)),int) optional_type(A) | (optional_type(map(A,B)),A) optional_type(B)
_[?_] (list(A),int) optional_type(A) | (map(A,B),A) optional_type(B) | (optional_type(list(A)),int) optional_type(A) | (optional_type(map(A,B)),A) optional_type(B)
_+_ (bytes,bytes) bytes | (double,double) double | (duration,duration) duration | (duration,timestamp) timestamp | (timestamp,duration) timestamp | (int,int) int | (list(A),list(A)) list(A) | (string,string) string | (uint,uint) uint
_-_ (double,double) double | (duration,duration) duration | (int,int) int | (timestamp,duration) timestamp | (timestamp,timestamp) duration | (uint,uint) uint
_*_ (double,double) double | (int,int) int | (uint,uint) uint
_/_ (double,double) double | (int,int) int | (uint,uint) uint
_%_ (int,int) int | (uint,uint) uint
size (bytes) int | (list(A)) int | (map(A,B)) int | (string) int | bytes.() int | list(A).() int | map(A,B).() int | string.() int
type (A) type(A)
dyn (A) dyn
bool (bool) bool | (string) bool
bytes (bytes) bytes | (string) bytes
double (double) double | (int) double | (string) double | (uint) double
duration (duration) duration | (int) duration | (string) duration
int (int) int | (double) int | (duration) int | (string) int | (timestamp) int | (uint) int
uint (uint) uint | (double) uint | (int) uint | (string) uint
timestamp (timestamp) timestamp | (int) timestamp | (string) timestamp
matches (string,string) bool | string.(string) bool
contains string.(string) bool
endsWith string.(string) bool
startsWith string.(string) bool
getFullYear timestamp.() int | timestamp.(string) int
getMonth timestamp.() int | timestamp.(string) int
getDayOfYear timestamp.() int | timestamp.(string) int
getDayOfMonth timestamp.() int | timestamp.(string) int
getDate timestamp.() int | timestamp.(string) int
getDayOfWeek timestamp.() int | timestamp.(string) int
getHours timestamp.() int | timestamp.(string) int | duration.() int
getMinutes timestamp.() int | timestamp.(string) int | duration.() int
getSeconds timestamp.() int | timestamp.(string) int | duration.() int
getMilliseconds timestamp.() int | timestamp.(string) int | duration.() int
charAt string.(int) string
indexOf string.(string) int | string.(string,int) int | list(A).(A) int
lastIndexOf string.(string) int | string.(string,int) int | list(A).(A) int
join list(string).() string | list(string).(string) string
lowerAscii string.() string
upperAscii string.() string
replace string.(string,string) string | string.(string,string,int) string
split string.(string) list(string) | string.(string,int) list(string)
substring string.(int) string | string.(int,int) string
trim string.() string
format string.(list(dyn)) string
strings.quote (string) string
find string.(string) string
findAll string.(string) list(string) | string.(string,int) list(string)
isSorted {list(*).() bool:int uint double bool duration timestamp string bytes}
sum {list(*).() *:int uint double duration}
min {list(*).() *:int uint double bool duration timestamp string bytes}
max {list(*).() *:int uint double bool duration timestamp string bytes}
distinct list(A).() list(A)
flatten list(list(A)).() list(A) | list(dyn).(int) list(dyn)
reverse list(A).() list(A)
slice list(A).(int,int) list(A)
sort {list(*).() list(*):int uint double bool duration timestamp string bytes}
@sortByAssociatedKeys {list(A).(list(*)) list(A):int uint double bool duration timestamp string bytes}
first list(A).() optional_type(A)
last list(A).() optional_type(A)
lists.range (int) list(int)
sets.contains (list(A),list(A)) bool
sets.equivalent (list(A),list(A)) bool
sets.intersects (list(A),list(A)) bool
optional.of (A) optional_type(A)
optional.none () optional_type(A)
optional.ofNonZeroValue (A) optional_type(A)
optional.unwrap (list(optional_type(A))) list(A)
unwrapOpt list(optional_type(A)).() list(A)
value optional_type(A).() A
hasValue optional_type(A).() bool
or optional_type(A).(optional_type(A)) optional_type(A)
orValue optional_type(A).(A) A
url (string) kubernetes.URL
isURL (string) bool
getScheme kubernetes.URL.() string
getHost kubernetes.URL.() string
getHostname kubernetes.URL.() string
getPort kubernetes.URL.() string
getEscapedPath kubernetes.URL.() string
getQuery kubernetes.URL.() map(string,list(string))
ip (string) net.IP | net.CIDR.() net.IP
isIP (string) bool
ip.isCanonical (string) bool
family net.IP.() int
isUnspecified net.IP.() bool
isLoopback net.IP.() bool
isLinkLocalMulticast net.IP.() bool
isLinkLocalUnicast net.IP.() bool
isGlobalUnicast net.IP.() bool
cidr (string) net.CIDR
isCIDR (string) bool
containsIP net.CIDR.(string) bool | net.CIDR.(net.IP) bool
containsCIDR net.CIDR.(string) bool | net.CIDR.(net.CIDR) bool
masked net.CIDR.() net.CIDR
prefixLength net.CIDR.() int
quantity (string) kubernetes.Quantity
isQuantity (string) bool
isInteger kubernetes.Quantity.() bool
asInteger kubernetes.Quantity.() int
asApproximateFloat kubernetes.Quantity.() double
sign (kubernetes.Quantity) int
add kubernetes.Quantity.(kubernetes.Quantity) kubernetes.Quantity | kubernetes.Quantity.(int) kubernetes.Quantity
sub kubernetes.Quantity.(kubernetes.Quantity) kubernetes.Quantity | kubernetes.Quantity.(int) kubernetes.Quantity
isLessThan {*.(*) bool:kubernetes.Quantity kubernetes.Semver}
isGreaterThan {*.(*) bool:kubernetes.Quantity kubernetes.Semver}
compareTo {*.(*) int:kubernetes.Quantity kubernetes.Semver}
semver (string) kubernetes.Semver | (string,bool) kubernetes.Semver
isSemver (string) bool | (string,bool) bool
major kubernetes.Semver.() int
minor kubernetes.Semver.() int
patch kubernetes.Semver.() int
format.named (string) optional_type(kubernetes.NamedFormat)
validate kubernetes.NamedFormat.(string) optional_type(list(string))
path kubernetes.authorization.Authorizer.(string) kubernetes.authorization.PathCheck
group kubernetes.authorization.Authorizer.(string) kubernetes.authorization.GroupCheck
serviceAccount kubernetes.authorization.Authorizer.(string,string) kubernetes.authorization.Authorizer
resource kubernetes.authorization.GroupCheck.(string) kubernetes.authorization.ResourceCheck
subresource kubernetes.authorization.ResourceCheck.(string) kubernetes.authorization.ResourceCheck
namespace kubernetes.authorization.ResourceCheck.(string) kubernetes.authorization.ResourceCheck
name kubernetes.authorization.ResourceCheck.(string) kubernetes.authorization.ResourceCheck
fieldSelector kubernetes.authorization.ResourceCheck.(string) kubernetes.authorization.ResourceCheck
labelSelector kubernetes.authorization.ResourceCheck.(string) kubernetes.authorization.ResourceCheck
check kubernetes.authorization.PathCheck.(string) kubernetes.authorization.Decision | kubernetes.authorization.ResourceCheck.(string) kubernetes.authorization.Decision
allowed kubernetes.authorization.Decision.() bool
reason kubernetes.authorization.Decision.() string
errored kubernetes.authorization.Decision.() bool
error kubernetes.authorization.Decision.() string
`;

const printable = 'bool bytes double duration int string timestamp uint null net.IP net.CIDR'.split(' ');
const namedFormats =
  'uri uuid byte date datetime dns1123Label dns1123LabelPrefix dns1123Subdomain dns1123SubdomainPrefix dns1035Label dns1035LabelPrefix qualifiedName labelValue'.split(
    ' ',
  );
const ordered = [
  ...['bool', 'int', 'uint', 'double', 'string', 'bytes', 'timestamp', 'duration'].map((type) => [type, type]),
  ...['int', 'uint', 'double'].flatMap((left) =>
    ['int', 'uint', 'double'].filter((right) => right !== left).map((right) => [left, right]),
  ),
];

let known: ReadonlyMap<string, readonly Signature[]> | undefined;

/** How a function may be called; undefined where there is none of that name. */
export function signaturesOf(name: string): readonly Signature[] | undefined {
  known ??= readTable();
  return known.get(name);
}

function readTable(): ReadonlyMap<string, readonly Signature[]> {
  const lines = table.trim().split('\n');
  const generated = [
    ...['_<_', '_<=_', '_>_', '_>=_'].map(
      (name) => `${name} ${ordered.map((pair) => `(${pair.join(',')}) bool`).join(' | ')}`,
    ),
    `string ${printable.map((type) => `(${type}) string`).join(' | ')}`,
    ...namedFormats.map((name) => `format.${name} () kubernetes.NamedFormat`),
  ];
  return new Map(
    [...lines, ...generated].map((line) => {
      const at = line.indexOf(' ');
      return [line.slice(0, at), waysOf(line.slice(at + 1)).map((way) => readSignature(way))] as const;
    }),
  );
}

/** `{way:types}` stands for the way with each type in place of the star. */
function waysOf(text: string): readonly string[] {
  const [, way, types] = /^\{([^:]+):(.+)\}$/u.exec(text) ?? [];
  return way === undefined || types === undefined
    ? text.split(' | ')
    : types.split(' ').map((type) => way.replaceAll('*', type));
}

function readSignature(text: string): Signature {
  const [, receiver, args = '', result = ''] = /^(?:(\S+)\.)?\((\S*)\) (\S+)$/u.exec(text) ?? [];
  const listed = splitTypes(args).map((arg) => readType(arg));
  return {
    isMethod: receiver !== undefined,
    args: receiver === undefined ? listed : [readType(receiver), ...listed],
    result: readType(result),
  };
}

/** By the commas outside of parentheses. */
function splitTypes(text: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (const [at, char] of Array.from(text).entries()) {
    depth += Number(char === '(') - Number(char === ')');
    if (char === ',' && depth === 0) {
      parts.push(text.slice(from, at));
      from = at + 1;
    }
  }
  return text === '' ? [] : [...parts, text.slice(from)];
}

const simple = new Map(
  [dyn, bool, int, uint, double, string, bytes, nothing, timestamp, duration].map((type) => [type.name, type]),
);

function readType(text: string): ValueType {
  const [, name, inner] = /^(\w+)\((.*)\)$/u.exec(text) ?? [];
  if (name !== undefined && inner !== undefined) {
    return { name, params: splitTypes(inner).map((param) => readType(param)) };
  }
  return /^[A-Z]$/u.test(text) ? parameter(text) : (simple.get(text) ?? opaque(text));
}
