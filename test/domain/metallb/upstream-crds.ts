import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import type { KubeObject } from '../../../src/domain/manifest/kube-object.ts';

/** Folder of upstream's CRDs of a release in the Go module cache, or undefined where it was never downloaded. */
export function upstreamCrdFolder(release: string): string | undefined {
  const folder = join(goModuleCache(), `go.universe.tf/metallb@v${release}`, 'config/crd/bases');
  return existsSync(folder) ? folder : undefined;
}

/** Upstream's CRDs of a release. */
export function readUpstreamCrds(release: string): readonly KubeObject[] {
  const folder = upstreamCrdFolder(release);
  if (folder === undefined) {
    throw new Error(`the Go module cache has no MetalLB ${release}`);
  }
  const documents = readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => load(readFileSync(join(folder, name), 'utf8')) as KubeObject);
  if (documents.length === 0) {
    throw new Error(`${folder} holds no CRD`);
  }
  return documents;
}

function goModuleCache(): string {
  const named = process.env['GOMODCACHE'];
  if (named !== undefined && named !== '') {
    return named;
  }
  try {
    return execFileSync('go', ['env', 'GOMODCACHE'], { encoding: 'utf8', timeout: 10_000 }).trim();
  } catch {
    return join(process.env['HOME'] ?? '/root', 'go/pkg/mod');
  }
}
