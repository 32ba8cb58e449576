/**
 * The import rule of ARCHITECTURE.md as a check. There are no exceptions: where a rule bites, the code is in the wrong room.
 * An adapter is one library or protocol: it may not know another adapter, so the captured folder name ($1) is compared.
 */
const below = (layer, allowed) => ({
  name: `${layer}-imports-only-${allowed.join('-')}`,
  severity: 'error',
  from: { path: `^src/${layer}/` },
  to: { pathNot: allowed.map((name) => `^src/${name}/`) },
});

module.exports = {
  forbidden: [
    below('domain', ['domain']),
    below('ports', ['domain', 'ports']),
    below('engine', ['domain', 'ports', 'engine']),
    {
      name: 'adapter-knows-no-other-adapter-nor-the-engine',
      severity: 'error',
      from: { path: '^src/adapters/([^/]+)/' },
      to: { path: '^(src|speaker)/', pathNot: ['^src/domain/', '^src/ports/', '^src/adapters/$1/'] },
    },
    { name: 'src-never-imports-speaker', severity: 'error', from: { path: '^src/' }, to: { path: '^speaker/' } },
    { name: 'speaker-never-imports-apps', severity: 'error', from: { path: '^speaker/' }, to: { path: '^src/apps/' } },
    {
      name: 'product-never-imports-tests-or-scripts',
      severity: 'error',
      from: { path: '^(src|speaker)/' },
      to: { path: '^(test|scripts)/' },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.js', '.mjs', '.json'] },
  },
};
