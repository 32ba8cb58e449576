import type { ShortCase } from './short-case.ts';

/** Roles and bindings, leases, namespaces and nodes. */
export const smallKindRows: readonly ShortCase[] = [
  [
    'a Role with noverbs is refused',
    [
      'POST roles/r',
      { rules: [{ apiGroups: [''], resources: ['pods'] }] },
      '422 Invalid: Role.rbac.authorization.k8s.io "r" is invalid: rules[0].verbs: Required value: verbs must contain at least one value',
    ],
  ],
  [
    'a Role with nogroups is refused',
    [
      'POST roles/r',
      { rules: [{ resources: ['pods'], verbs: ['get'] }] },
      '422 Invalid: Role.rbac.authorization.k8s.io "r" is invalid: rules[0].apiGroups: Required value: resource rules must supply at least one api group',
    ],
  ],
  [
    'a Role with nores is refused',
    [
      'POST roles/r',
      { rules: [{ apiGroups: [''], verbs: ['get'] }] },
      '422 Invalid: Role.rbac.authorization.k8s.io "r" is invalid: rules[0].resources: Required value: resource rules must supply at least one resource',
    ],
  ],
  [
    'a Role with nonres is refused',
    [
      'POST roles/r',
      { rules: [{ nonResourceURLs: ['/x'], verbs: ['get'] }] },
      '422 Invalid: Role.rbac.authorization.k8s.io "r" is invalid: rules[0].nonResourceURLs: Invalid value: ["/x"]: namespaced rules cannot apply to non-resource URLs',
    ],
  ],
  [
    'a Role with both is refused',
    [
      'POST roles/r',
      { rules: [{ apiGroups: [''], resources: ['pods'], nonResourceURLs: ['/x'], verbs: ['get'] }] },
      '422 Invalid: Role.rbac.authorization.k8s.io "r" is invalid: [rules[0].nonResourceURLs: Invalid value: ["/x"]: namespaced rules cannot apply to non-resource URLs, rules[0].nonResourceURLs: Invalid value: ["/x"]: rules cannot apply to both regular resources and non-resource URLs]',
    ],
  ],
  [
    'a ClusterRole with nonres is taken',
    ['POST clusterroles/cr-$NS', { rules: [{ nonResourceURLs: ['/x'], verbs: ['get'] }] }, { code: 201 }],
  ],
  [
    'a ClusterRole with both is refused',
    [
      'POST clusterroles/crb-$NS',
      { rules: [{ nonResourceURLs: ['/x'], resources: ['pods'], apiGroups: [''], verbs: ['get'] }] },
      '422 Invalid: ClusterRole.rbac.authorization.k8s.io "crb-$NS" is invalid: rules[0].nonResourceURLs: Invalid value: ["/x"]: rules cannot apply to both regular resources and non-resource URLs',
    ],
  ],
  [
    'a ClusterRole with agg is refused',
    [
      'POST clusterroles/crc-$NS',
      { aggregationRule: { clusterRoleSelectors: [] } },
      '422 Invalid: ClusterRole.rbac.authorization.k8s.io "crc-$NS" is invalid: aggregationRule.clusterRoleSelectors: Required value: at least one clusterRoleSelector required if aggregationRule is non-nil',
    ],
  ],
  [
    'a RoleBinding with no subject is taken',
    [
      'POST bindings/b',
      { roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'x' } },
      { code: 201, roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'x' } },
    ],
  ],
  [
    'a RoleBinding with ok is taken',
    [
      'POST bindings/b',
      {
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'x' },
        subjects: [{ kind: 'User', name: 'x' }],
      },
      {
        code: 201,
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'x' },
        subjects: [{ kind: 'User', apiGroup: 'rbac.authorization.k8s.io', name: 'x' }],
      },
    ],
  ],
  [
    'a RoleBinding with kind is refused',
    [
      'POST bindings/b',
      {
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'x' },
        subjects: [{ kind: 'Foo', name: 'x' }],
      },
      '422 Invalid: RoleBinding.rbac.authorization.k8s.io "b" is invalid: subjects[0].kind: Unsupported value: "Foo": supported values: "ServiceAccount", "User", "Group"',
    ],
  ],
  [
    'a RoleBinding with noname is refused',
    [
      'POST bindings/b',
      { roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'x' }, subjects: [{ kind: 'User' }] },
      '422 Invalid: RoleBinding.rbac.authorization.k8s.io "b" is invalid: subjects[0].name: Required value',
    ],
  ],
  [
    'a RoleBinding with sa nons is taken',
    [
      'POST bindings/b',
      {
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'x' },
        subjects: [{ kind: 'ServiceAccount', name: 'x' }],
      },
      {
        code: 201,
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'x' },
        subjects: [{ kind: 'ServiceAccount', name: 'x' }],
      },
    ],
  ],
  [
    'a RoleBinding with sa group is refused',
    [
      'POST bindings/b',
      {
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'x' },
        subjects: [{ kind: 'ServiceAccount', apiGroup: 'rbac.authorization.k8s.io', name: 'x', namespace: 'y' }],
      },
      '422 Invalid: RoleBinding.rbac.authorization.k8s.io "b" is invalid: subjects[0].apiGroup: Unsupported value: "rbac.authorization.k8s.io": supported values: ""',
    ],
  ],
  [
    'a RoleBinding with user group is refused',
    [
      'POST bindings/b',
      {
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'x' },
        subjects: [{ kind: 'User', apiGroup: 'x', name: 'x' }],
      },
      '422 Invalid: RoleBinding.rbac.authorization.k8s.io "b" is invalid: subjects[0].apiGroup: Unsupported value: "x": supported values: "rbac.authorization.k8s.io"',
    ],
  ],
  [
    'a RoleBinding with sa malformed is refused',
    [
      'POST bindings/b',
      {
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'x' },
        subjects: [{ kind: 'ServiceAccount', name: 'A b', namespace: 'y' }],
      },
      "422 Invalid: RoleBinding.rbac.authorization.k8s.io \"b\" is invalid: subjects[0].name: Invalid value: \"A b\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
    ],
  ],
  [
    'a RoleBinding with group is taken',
    [
      'POST bindings/b',
      {
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'x' },
        subjects: [{ kind: 'Group', name: 'g' }],
      },
      {
        code: 201,
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'x' },
        subjects: [{ kind: 'Group', apiGroup: 'rbac.authorization.k8s.io', name: 'g' }],
      },
    ],
  ],
  [
    'a RoleBinding with kindless is refused',
    [
      'POST bindings/b',
      { roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'x' }, subjects: [{ name: 'g' }] },
      '422 Invalid: RoleBinding.rbac.authorization.k8s.io "b" is invalid: subjects[0].kind: Unsupported value: "": supported values: "ServiceAccount", "User", "Group"',
    ],
  ],
  [
    'a RoleBinding with ref kind is refused',
    [
      'POST bindings/b',
      { roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Foo', name: 'x' } },
      '422 Invalid: RoleBinding.rbac.authorization.k8s.io "b" is invalid: roleRef.kind: Unsupported value: "Foo": supported values: "Role", "ClusterRole"',
    ],
  ],
  [
    'a RoleBinding with ref group is refused',
    [
      'POST bindings/b',
      { roleRef: { apiGroup: 'x', kind: 'Role', name: 'x' } },
      '422 Invalid: RoleBinding.rbac.authorization.k8s.io "b" is invalid: roleRef.apiGroup: Unsupported value: "x": supported values: "rbac.authorization.k8s.io"',
    ],
  ],
  [
    'a RoleBinding with ref noname is refused',
    [
      'POST bindings/b',
      { roleRef: { kind: 'Role' } },
      '422 Invalid: RoleBinding.rbac.authorization.k8s.io "b" is invalid: roleRef.name: Required value',
    ],
  ],
  [
    'a RoleBinding with ref none is refused',
    [
      'POST bindings/b',
      { roleRef: null },
      '422 Invalid: RoleBinding.rbac.authorization.k8s.io "b" is invalid: [roleRef.kind: Unsupported value: "": supported values: "Role", "ClusterRole", roleRef.name: Required value]',
    ],
  ],
  [
    'a RoleBinding with ref name is refused',
    [
      'POST bindings/b',
      { roleRef: { kind: 'Role', name: 'a/b' } },
      '422 Invalid: RoleBinding.rbac.authorization.k8s.io "b" is invalid: roleRef.name: Invalid value: "a/b": may not contain \'/\'',
    ],
  ],
  [
    'a RoleBinding with ref change is refused',
    [
      'POST bindings/b',
      { roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'x' } },
      { code: 201, roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'x' } },
    ],
    [
      'MERGE bindings/b',
      { roleRef: { name: 'y' } },
      '422 Invalid: RoleBinding.rbac.authorization.k8s.io "b" is invalid: roleRef: Invalid value: {"APIGroup":"rbac.authorization.k8s.io","Kind":"Role","Name":"y"}: cannot change roleRef',
    ],
  ],
  [
    'a ClusterRoleBinding with role is refused',
    [
      'POST clusterbindings/crb-$NS',
      { roleRef: { kind: 'Role', name: 'x' } },
      '422 Invalid: ClusterRoleBinding.rbac.authorization.k8s.io "crb-$NS" is invalid: roleRef.kind: Unsupported value: "Role": supported values: "ClusterRole"',
    ],
  ],
  [
    'a ClusterRoleBinding with ok is taken',
    [
      'POST clusterbindings/crb2-$NS',
      {
        roleRef: { kind: 'ClusterRole', name: 'x' },
        subjects: [{ kind: 'ServiceAccount', name: 'a', namespace: 'b' }],
      },
      { code: 201 },
    ],
  ],
  ['a Lease is taken', ['POST leases/l', { spec: { holderIdentity: 'x', leaseDurationSeconds: 10 } }, { code: 201 }]],
  [
    'a Lease with negative is refused',
    [
      'POST leases/l',
      { spec: { leaseDurationSeconds: -1 } },
      '422 Invalid: Lease.coordination.k8s.io "l" is invalid: spec.leaseDurationSeconds: Invalid value: -1: must be greater than 0',
    ],
  ],
  [
    'a Lease with zero is refused',
    [
      'POST leases/l',
      { spec: { leaseDurationSeconds: 0 } },
      '422 Invalid: Lease.coordination.k8s.io "l" is invalid: spec.leaseDurationSeconds: Invalid value: 0: must be greater than 0',
    ],
  ],
  [
    'a Lease with trans is refused',
    [
      'POST leases/l',
      { spec: { leaseTransitions: -1 } },
      '422 Invalid: Lease.coordination.k8s.io "l" is invalid: spec.leaseTransitions: Invalid value: -1: must be greater than or equal to 0',
    ],
  ],
  ['a Lease with empty holder is taken', ['POST leases/l', { spec: { holderIdentity: '' } }, { code: 201 }]],
  [
    'a Lease with time is refused',
    [
      'POST leases/l',
      { spec: { renewTime: 'x' } },
      '400 BadRequest: Lease in version "v1" cannot be handled as a Lease: parsing time "x" as "2006-01-02T15:04:05.000000Z07:00": cannot parse "x" as "2006"',
    ],
  ],
  [
    'a Lease with time2 is refused',
    [
      'POST leases/l',
      { spec: { renewTime: '2024-01-01T00:00:00Z' } },
      '400 BadRequest: Lease in version "v1" cannot be handled as a Lease: parsing time "2024-01-01T00:00:00Z" as "2006-01-02T15:04:05.000000Z07:00": cannot parse "Z" as ".000000"',
    ],
  ],
  [
    'a Lease with time3 is taken',
    ['POST leases/l', { spec: { renewTime: '2024-01-01T00:00:00.123456Z' } }, { code: 201 }],
  ],
  ['a Lease with none is taken', ['POST leases/l', {}, { code: 201 }]],
  [
    'a ServiceAccount is taken',
    [
      'POST accounts/a',
      { secrets: [{ name: 'x' }], imagePullSecrets: [{ name: 'y' }], automountServiceAccountToken: false },
      { code: 201 },
    ],
  ],
  [
    'a ServiceAccount with name is refused',
    [
      'POST accounts/A_b',
      {},
      "422 Invalid: ServiceAccount \"A_b\" is invalid: metadata.name: Invalid value: \"A_b\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
    ],
  ],
  [
    'a Namespace is refused',
    [
      'POST namespaces/n-$NS',
      { spec: { finalizers: ['x'] } },
      '422 Invalid: Namespace "n-$NS" is invalid: spec.finalizers: Invalid value: "x": name is neither a standard finalizer name nor is it fully qualified',
    ],
  ],
  [
    'a Namespace with malformed is refused',
    [
      'POST namespaces/A_b',
      {},
      "422 Invalid: Namespace \"A_b\" is invalid: metadata.name: Invalid value: \"A_b\": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')",
    ],
  ],
  [
    'a Namespace with dots is refused',
    [
      'POST namespaces/a.b',
      {},
      '422 Invalid: Namespace "a.b" is invalid: metadata.name: Invalid value: "a.b": must not contain dots',
    ],
  ],
  [
    'a Namespace with finalizer ok is taken',
    [
      'POST namespaces/m-$NS',
      { spec: { finalizers: ['a.b/c'] } },
      { code: 201, 'spec.finalizers': ['a.b/c', 'kubernetes'] },
    ],
  ],
  [
    'a Node with cidr is refused',
    [
      'POST nodes/o-$NS',
      { spec: { podCIDR: 'x' } },
      '422 Invalid: Node "o-$NS" is invalid: spec.podCIDRs[0]: Invalid value: "x": must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)',
    ],
  ],
  [
    'a Node with taint is refused',
    [
      'POST nodes/p-$NS',
      { spec: { taints: [{ key: 'a b', effect: 'x' }] } },
      "422 Invalid: Node \"p-$NS\" is invalid: [metadata.taints[0].key: Invalid value: \"a b\": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]'), metadata.taints[0].effect: Unsupported value: \"x\": supported values: \"NoSchedule\", \"PreferNoSchedule\", \"NoExecute\"]",
    ],
  ],
  [
    'a Node with taint twice is refused',
    [
      'POST nodes/q-$NS',
      {
        spec: {
          taints: [
            { key: 'a', effect: 'NoSchedule' },
            { key: 'a', effect: 'NoSchedule' },
          ],
        },
      },
      '422 Invalid: Node "q-$NS" is invalid: metadata.taints[1]: Duplicate value: {"Key":"a","Value":"","Effect":"NoSchedule","TimeAdded":null}: taints must be unique by key and effect pair',
    ],
  ],
  [
    'a Node with taint val is refused',
    [
      'POST nodes/r-$NS',
      { spec: { taints: [{ key: 'a', value: 'a b', effect: 'NoSchedule' }] } },
      "422 Invalid: Node \"r-$NS\" is invalid: metadata.taints[0].value: Invalid value: \"a b\": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')",
    ],
  ],
  [
    'a Node with taint noeff is refused',
    [
      'POST nodes/s-$NS',
      { spec: { taints: [{ key: 'a' }] } },
      '422 Invalid: Node "s-$NS" is invalid: metadata.taints[0].effect: Required value',
    ],
  ],
];
