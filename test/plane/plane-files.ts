import { generateKeyPair, randomBytes } from 'node:crypto';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { programPath } from './build.ts';
import type { PartName } from './parts.ts';

/** The folder of one control plane: everything it writes is in here and goes with it. */
export interface PlaneFiles {
  readonly root: string;
  readonly binDir: string;
  readonly pki: string;
  readonly ca: string;
  readonly auditLog: string;
  readonly kubeconfig: string;
  readonly adminToken: string;
  /** A known user without any right. */
  readonly powerlessToken: string;
}

/** `writes`: only what changes something. `all`: reads too, for judging which permissions were used. */
export type AuditDepth = 'writes' | 'all';

function auditPolicy(depth: AuditDepth): string {
  const verbs = depth === 'writes' ? { verbs: ['create', 'update', 'patch', 'delete', 'deletecollection'] } : {};
  return JSON.stringify({
    apiVersion: 'audit.k8s.io/v1',
    kind: 'Policy',
    omitStages: ['RequestReceived'],
    rules: [{ level: 'Metadata', ...verbs }],
  });
}

/** Writes what the programs read at their start: keys, tokens, audit policy, and links to the programs. */
export async function writePlaneFiles(
  root: string,
  programs: readonly PartName[],
  depth: AuditDepth,
): Promise<PlaneFiles> {
  const files: PlaneFiles = {
    root,
    binDir: join(root, 'bin'),
    pki: join(root, 'pki'),
    ca: join(root, 'pki', 'apiserver.crt'),
    auditLog: join(root, 'audit.log'),
    kubeconfig: join(root, 'kubeconfig'),
    adminToken: randomBytes(16).toString('hex'),
    powerlessToken: randomBytes(16).toString('hex'),
  };
  mkdirSync(files.pki);
  mkdirSync(files.binDir);
  for (const name of programs) {
    symlinkSync(programPath(name), join(files.binDir, name));
  }
  const { privateKey, publicKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  const secret = { mode: 0o600 };
  writeFileSync(join(files.pki, 'sa.key'), privateKey.export({ type: 'pkcs1', format: 'pem' }), secret);
  writeFileSync(join(files.pki, 'sa.pub'), publicKey.export({ type: 'spki', format: 'pem' }));
  writeFileSync(
    join(files.pki, 'tokens.csv'),
    `${files.adminToken},admin,admin,"system:masters"\n${files.powerlessToken},powerless,powerless\n`,
    secret,
  );
  writeFileSync(join(root, 'audit.yaml'), auditPolicy(depth));
  return files;
}

/** A kubeconfig with one context, `plane`, for this token. JSON, which is YAML. */
export function kubeconfigText(server: string, ca: string, token: string): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'plane', cluster: { server, 'certificate-authority': ca } }],
    users: [{ name: 'user', user: { token } }],
    contexts: [{ name: 'plane', context: { cluster: 'plane', user: 'user' } }],
    'current-context': 'plane',
  });
}
