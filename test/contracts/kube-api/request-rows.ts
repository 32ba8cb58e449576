import type { ShortCase } from './short-case.ts';

/** What leads where, and by which options. */
export const requestRows: readonly ShortCase[] = [
  [
    'a deletion of many for something unknown',
    ['POST maps/a', { metadata: { labels: { p: 'x' } } }],
    [
      'DELETE maps?labelSelector=p%3Dx&dryRun=Nope',
      '422 Invalid: DeleteOptions.meta.k8s.io "" is invalid: dryRun: Unsupported value: ["Nope"]: supported values: "All"',
    ],
    [
      'DELETE maps?labelSelector=p%3Dx',
      { dryRun: ['Nope'] },
      '422 Invalid: DeleteOptions.meta.k8s.io "" is invalid: dryRun: Unsupported value: ["Nope"]: supported values: "All"',
    ],
    [
      'DELETE maps?labelSelector=p%3Dx',
      { kind: 'Foo', apiVersion: 'v1' },
      '400 BadRequest: no kind "Foo" is registered for version "v1" in scheme "pkg/runtime/scheme.go:111"',
    ],
    [
      'DELETE maps?labelSelector=p%3Dx',
      { propagationPolicy: 'Orphan', orphanDependents: true },
      '422 Invalid: DeleteOptions.meta.k8s.io "" is invalid: propagationPolicy: Invalid value: "Orphan": orphanDependents and deletionPropagation cannot be both set',
    ],
    [
      'DELETE maps?labelSelector=p%3Dx',
      { preconditions: { uid: 'x' } },
      { code: 409, reason: 'Conflict', details: { name: 'a', kind: 'ConfigMap' } },
    ],
    [
      'DELETE maps?labelSelector=p%3Dx',
      '{',
      "400 BadRequest: couldn't get version/kind; json parse error: unexpected end of JSON input",
    ],
    [
      'DELETE maps?labelSelector=p%3Dx&gracePeriodSeconds=x',
      '400 BadRequest: strconv.ParseInt: parsing "x": invalid syntax',
    ],
    ['GET maps?labelSelector=p', { names: ['a'] }],
  ],
  [
    'a deletion of many for a try, in its body',
    ['POST maps/a', { metadata: { labels: { p: 'x' } } }],
    ['DELETE maps?labelSelector=p%3Dx', { dryRun: ['All'] }, { code: 200, names: ['a'] }],
    ['GET maps?labelSelector=p', { names: ['a'] }],
  ],
  [
    'a deletion of many, page by page',
    ['POST maps/a', { metadata: { labels: { p: 'x' } } }],
    ['POST maps/b', { metadata: { labels: { p: 'x' } } }],
    ['DELETE maps?limit=1', { names: ['a'], 'metadata.remainingItemCount': 1 }],
    ['GET maps', { names: ['b'] }],
  ],
  [
    'a deletion of many everywhere',
    [
      'DELETE /api/v1/configmaps?labelSelector=zz',
      '405 MethodNotAllowed: the server does not allow this method on the requested resource',
    ],
    ['DELETE /apis/test.metalwave.io/v1/things?labelSelector=zz', { code: 404, text: '404 page not found\n' }],
  ],
  [
    'a deletion with options of the wrong type',
    ['POST maps/a', {}],
    [
      'DELETE maps/a',
      { dryRun: 'All' },
      '400 BadRequest: json: cannot unmarshal string into Go struct field DeleteOptions.dryRun of type []string',
    ],
    [
      'DELETE maps/a',
      { gracePeriodSeconds: 'x' },
      '400 BadRequest: json: cannot unmarshal string into Go struct field DeleteOptions.gracePeriodSeconds of type int64',
    ],
    [
      'DELETE maps/a',
      { gracePeriodSeconds: 1.5 },
      '400 BadRequest: json: cannot unmarshal number 1.5 into Go struct field DeleteOptions.gracePeriodSeconds of type int64',
    ],
    [
      'DELETE maps/a',
      { preconditions: 5 },
      '400 BadRequest: json: cannot unmarshal number into Go struct field DeleteOptions.preconditions of type v1.Preconditions',
    ],
    [
      'DELETE maps/a',
      { preconditions: { uid: 5 } },
      '400 BadRequest: json: cannot unmarshal number into Go struct field Preconditions.preconditions.uid of type types.UID',
    ],
    [
      'DELETE maps/a',
      { preconditions: { resourceVersion: 5 } },
      '400 BadRequest: json: cannot unmarshal number into Go struct field Preconditions.preconditions.resourceVersion of type string',
    ],
    [
      'DELETE maps/a',
      { orphanDependents: 'x' },
      '400 BadRequest: json: cannot unmarshal string into Go struct field DeleteOptions.orphanDependents of type bool',
    ],
    [
      'DELETE maps/a',
      { propagationPolicy: 5 },
      '400 BadRequest: json: cannot unmarshal number into Go struct field DeleteOptions.propagationPolicy of type v1.DeletionPropagation',
    ],
    [
      'DELETE maps/a',
      { kind: 5 },
      "400 BadRequest: couldn't get version/kind; json parse error: json: cannot unmarshal number into Go struct field .kind of type string",
    ],
    ['DELETE maps/a', { apiVersion: 'a/b/c' }, '400 BadRequest: unexpected GroupVersion string: a/b/c'],
    [
      'DELETE maps/a',
      { kind: 'Foo' },
      '400 BadRequest: no kind "Foo" is registered for version "meta.k8s.io/v1" in scheme "pkg/runtime/scheme.go:111"',
    ],
    [
      'DELETE maps/a',
      { kind: 'ConfigMap', apiVersion: 'v1' },
      '400 BadRequest: no kind "ConfigMap" is registered for version "v1" in scheme "pkg/runtime/scheme.go:111"',
    ],
    [
      'DELETE maps/a',
      '[]',
      '400 BadRequest: couldn\'t get version/kind; json parse error: json: cannot unmarshal array into Go value of type struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }',
    ],
    [
      'DELETE maps/a',
      '""',
      '400 BadRequest: couldn\'t get version/kind; json parse error: json: cannot unmarshal string into Go value of type struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }',
    ],
    [
      'DELETE maps/a',
      '5',
      '400 BadRequest: couldn\'t get version/kind; json parse error: json: cannot unmarshal number into Go value of type struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }',
    ],
    ['DELETE maps/a', '{', "400 BadRequest: couldn't get version/kind; json parse error: unexpected end of JSON input"],
    [
      'DELETE maps/a',
      'nope',
      "400 BadRequest: couldn't get version/kind; json parse error: invalid character 'o' in literal null (expecting 'u')",
    ],
    [
      'DELETE things/a',
      { dryRun: 'x' },
      '400 BadRequest: json: cannot unmarshal string into Go struct field DeleteOptions.dryRun of type []string',
    ],
  ],
  [
    'a deletion with options that contradict',
    ['POST maps/a', {}],
    [
      'DELETE maps/a',
      { propagationPolicy: 'Orphan', orphanDependents: false },
      '422 Invalid: DeleteOptions.meta.k8s.io "" is invalid: propagationPolicy: Invalid value: "Orphan": orphanDependents and deletionPropagation cannot be both set',
    ],
    [
      'DELETE maps/a?orphanDependents=true&propagationPolicy=Background',
      '422 Invalid: DeleteOptions.meta.k8s.io "" is invalid: propagationPolicy: Invalid value: "Background": orphanDependents and deletionPropagation cannot be both set',
    ],
    [
      'DELETE maps/a',
      { dryRun: ['All', 'Foo'] },
      '422 Invalid: DeleteOptions.meta.k8s.io "" is invalid: dryRun: Unsupported value: ["All","Foo"]: supported values: "All"',
    ],
    [
      'DELETE maps/a?dryRun=',
      '422 Invalid: DeleteOptions.meta.k8s.io "" is invalid: dryRun: Unsupported value: [""]: supported values: "All"',
    ],
    ['DELETE maps/a', { preconditions: { uid: '', resourceVersion: '' } }, { code: 409, reason: 'Conflict' }],
  ],
  [
    'a deletion whose body is asked before its query',
    ['POST maps/a', {}],
    ['DELETE maps/a?dryRun=Foo', { dryRun: ['All'] }, { code: 200, status: 'Success' }],
    ['DELETE maps/a', 'null', { code: 200, status: 'Success' }],
    ['GET maps/a', '404 NotFound: configmaps "a" not found'],
  ],
  [
    'a deletion by options of any version',
    ['POST maps/a', {}],
    [
      'DELETE maps/a',
      { kind: 'DeleteOptions', apiVersion: 'v2' },
      { code: 200, status: 'Success', 'details.name': 'a' },
    ],
  ],
  [
    'what the answer to a deletion is',
    ['POST services/a', { spec: { ports: [{ port: 1 }] } }],
    ['DELETE services/a', { kind: 'Service', 'metadata.name': 'a' }],
    ['POST accounts/a', {}],
    ['DELETE accounts/a', { kind: 'ServiceAccount', 'metadata.name': 'a' }],
    ['POST roles/a', {}],
    ['DELETE roles/a', { kind: 'Status', status: 'Success', 'details.name': 'a' }],
  ],
  [
    'namespaces that stay',
    [
      'DELETE /api/v1/namespaces/kube-public?dryRun=All',
      '403 Forbidden: namespaces "kube-public" is forbidden: this namespace may not be deleted',
    ],
    [
      'DELETE /api/v1/namespaces/default',
      '403 Forbidden: namespaces "default" is forbidden: this namespace may not be deleted',
    ],
  ],
  [
    'a namespace has no period of grace',
    [
      'DELETE /api/v1/namespaces/$NS?dryRun=All',
      { 'status.phase': 'Terminating', 'metadata.deletionGracePeriodSeconds': undefined },
    ],
  ],
  [
    'kinds of namespaces, everywhere',
    [
      'POST /api/v1/configmaps',
      {},
      '405 MethodNotAllowed: the server does not allow this method on the requested resource',
    ],
    ['GET /api/v1/configmaps/a', '404 NotFound: the server could not find the requested resource'],
    ['DELETE /api/v1/configmaps/a', '404 NotFound: the server could not find the requested resource'],
    ['GET /apis/test.metalwave.io/v1/things/a', { code: 404, text: '404 page not found\n' }],
    ['POST /apis/test.metalwave.io/v1/things', {}, { code: 404, text: '404 page not found\n' }],
  ],
  [
    'kinds of the cluster, in a namespace',
    ['GET /api/v1/namespaces/$NS/nodes', '404 NotFound: the server could not find the requested resource'],
    ['GET /api/v1/namespaces/$NS/nodes/a', '404 NotFound: the server could not find the requested resource'],
    ['GET /api/v1/namespaces/$NS/namespaces', '404 NotFound: the server could not find the requested resource'],
  ],
  [
    'methods of a custom kind',
    ['PUT /apis/test.metalwave.io/v1/namespaces/$NS/things', {}, '400 BadRequest: name must be provided'],
    ['MERGE /apis/test.metalwave.io/v1/namespaces/$NS/things', {}, '400 BadRequest: name must be provided'],
    [
      'DELETE things/a/status',
      '405 MethodNotAllowed: delete is not supported on resources of kind "things.test.metalwave.io"',
    ],
    [
      'POST /apis/test.metalwave.io/v1/namespaces/$NS/things/a/status',
      {},
      '405 MethodNotAllowed: create is not supported on resources of kind "things.test.metalwave.io"',
    ],
    ['GET things/a/nope', '404 NotFound: things.test.metalwave.io "a" not found'],
    [
      'POST /apis/test.metalwave.io/v1/namespaces/$NS/things/b',
      { kind: 'Thing', apiVersion: 'test.metalwave.io/v1', metadata: { name: 'b' }, spec: { size: 1 } },
      { code: 201 },
    ],
  ],
  [
    'methods of documents',
    ['POST /version', {}, '405 MethodNotAllowed: the server does not allow this method on the requested resource'],
    ['DELETE /api', '405 MethodNotAllowed: the server does not allow this method on the requested resource'],
    ['POST /api/v1', {}, '405 MethodNotAllowed: the server does not allow this method on the requested resource'],
    ['DELETE /apis/apps/v1', '405 MethodNotAllowed: the server does not allow this method on the requested resource'],
  ],
  [
    'methods of reviews',
    [
      'GET /apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
      '405 MethodNotAllowed: the server does not allow this method on the requested resource',
    ],
    [
      'PUT /apis/authorization.k8s.io/v1/selfsubjectaccessreviews/a',
      {},
      '404 NotFound: the server could not find the requested resource',
    ],
    [
      'GET /apis/authorization.k8s.io/v1/selfsubjectaccessreviews/a',
      '404 NotFound: the server could not find the requested resource',
    ],
  ],
  [
    'a slash at the end of a path',
    ['GET /api/v1/namespaces/$NS/configmaps/', { kind: 'ConfigMapList' }],
    ['GET /api/v1/namespaces/$NS/', { kind: 'Namespace' }],
    ['GET /apis/test.metalwave.io/v1/namespaces/$NS/things/', { kind: 'ThingList' }],
    ['GET /api/v1/', { kind: 'APIResourceList' }],
    ['GET /api//v1', '404 NotFound: the server could not find the requested resource'],
  ],
  [
    'a path that is too long',
    ['GET /api/v1/namespaces/$NS/pods/a/b/c', '404 NotFound: the server could not find the requested resource'],
    ['GET /apis/apps/v1/nope/a/b/c/d/e', '404 NotFound: the server could not find the requested resource'],
  ],
  [
    'the old path of a watch of one object',
    ['POST maps/a', {}],
    ['POST maps/b', {}],
    ['GET /api/v1/watch/namespaces/$NS/configmaps/a?timeoutSeconds=1', { events: ['ADDED a'] }],
    [
      'DELETE /api/v1/watch/configmaps',
      '405 MethodNotAllowed: the server does not allow this method on the requested resource',
    ],
    [
      'POST /api/v1/watch/configmaps',
      {},
      '405 MethodNotAllowed: the server does not allow this method on the requested resource',
    ],
  ],
  [
    'a watch from any moment has a mark of its end',
    ['POST maps/a', {}],
    [
      'GET maps?watch=1&fieldSelector=metadata.name=a&timeoutSeconds=1&resourceVersion=0&allowWatchBookmarks=true',
      { code: 200, text: /"ADDED"[^]*"k8s.io\/initial-events-end"/u },
    ],
  ],
  [
    'a watch with a token is refused',
    [
      'GET maps?watch=1&continue=abc',
      '422 Invalid: ListOptions.meta.k8s.io "" is invalid: resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden when continue is provided',
    ],
  ],
  [
    'any revision knows no pages',
    ['POST maps/a', {}],
    ['POST maps/b', {}],
    ['GET maps?limit=1&resourceVersion=0', { names: ['a', 'b'], 'metadata.continue': undefined }],
  ],
  [
    'tokens that are none',
    [
      'GET maps?continue=abc',
      "400 BadRequest: invalid continue token: continue key is not valid: invalid character 'i' looking for beginning of value",
    ],
    [
      'GET maps?continue=%7B%7D',
      '400 BadRequest: invalid continue token: continue key is not valid: illegal base64 data at input byte 0',
    ],
    [
      'GET maps?continue=eyJ2IjoibWV0YS5rOHMuaW8vdjEiLCJydiI6IngiLCJzdGFydCI6ImEifQ',
      '400 BadRequest: invalid continue token: continue key is not valid: json: cannot unmarshal string into Go struct field continueToken.rv of type int64',
    ],
    [
      'GET maps?continue=W10',
      '400 BadRequest: invalid continue token: continue key is not valid: json: cannot unmarshal array into Go value of type storage.continueToken',
    ],
  ],
  [
    'a token that begins in the middle',
    ['POST maps/a', {}],
    ['POST maps/b', {}],
    ['GET maps?continue=eyJ2IjoibWV0YS5rOHMuaW8vdjEiLCJydiI6LTEsInN0YXJ0IjoiYVx1MDAwMCJ9', { names: ['b'] }],
    ['GET maps?continue=eyJ2IjoibWV0YS5rOHMuaW8vdjEiLCJydiI6LTUsInN0YXJ0IjoiYSJ9', { names: ['a', 'b'] }],
  ],
  [
    'a revision that no number holds',
    [
      'GET maps?resourceVersion=99999999999999999999',
      '400 BadRequest: invalid resource version: resourceVersion: Invalid value: "99999999999999999999": strconv.ParseUint: parsing "99999999999999999999": value out of range',
    ],
  ],
  ['lists of custom objects name a token always', ['GET things', { 'metadata.continue': '' }]],
  [
    'an escaped field selector',
    ['GET maps?fieldSelector=a%3Db%3Dc', '400 BadRequest: invalid field selector: unescaped character in value: 61'],
    ['GET maps?fieldSelector=a%3Db%5C', '400 BadRequest: invalid field selector: invalid escape sequence: \\'],
    ['GET pods?fieldSelector=status.x%3D1,spec.x%3D1', '400 BadRequest: field label not supported: spec.x'],
    ['GET nodes?fieldSelector=metadata.namespace%3Da', '400 BadRequest: field label not supported: metadata.namespace'],
  ],
  [
    'options of what is not there',
    [
      'PUT maps/a?dryRun=Foo',
      {},
      '422 Invalid: UpdateOptions.meta.k8s.io "" is invalid: dryRun: Unsupported value: ["Foo"]: supported values: "All"',
    ],
    [
      'POST /apis/authorization.k8s.io/v1/selfsubjectaccessreviews?dryRun=Foo',
      {
        kind: 'SelfSubjectAccessReview',
        apiVersion: 'authorization.k8s.io/v1',
        spec: { resourceAttributes: { verb: 'get', resource: 'pods' } },
      },
      '422 Invalid: CreateOptions.meta.k8s.io "" is invalid: dryRun: Unsupported value: ["Foo"]: supported values: "All"',
    ],
  ],
  [
    'an update needs a name',
    ['POST maps/a', {}],
    [
      'PUT /api/v1/namespaces/$NS/configmaps/a',
      { kind: 'ConfigMap', apiVersion: 'v1' },
      '400 BadRequest: the name of the object (a based on URL) was undeterminable: name must be provided',
    ],
    [
      'JSON maps/a',
      [{ op: 'remove', path: '/metadata/name' }],
      '400 BadRequest: the name of the object (a based on URL) was undeterminable: name must be provided',
    ],
  ],
  [
    'a custom object without a kind',
    [
      'POST /apis/test.metalwave.io/v1/namespaces/$NS/things',
      {},
      "400 BadRequest: the object provided is unrecognized (must be of type Thing): Object 'Kind' is missing in '{}' ({})",
    ],
  ],
];
