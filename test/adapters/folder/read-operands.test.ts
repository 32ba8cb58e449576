import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readOperands } from '../../../src/adapters/folder/read-operands.ts';
import { isFailure } from '../../../src/domain/failure.ts';
import type { SourceFile } from '../../../src/ports/source.ts';

let folder = '';

async function write(name: string, text: string): Promise<void> {
  const file = join(folder, name);
  await mkdir(join(file, '..'), { recursive: true });
  await writeFile(file, text);
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'metalwave-operands-'));
  await write('lb/pool.yaml', 'kind: IPAddressPool # metallb.io\n');
  await write('lb/deep/er/peer.YML', 'apiVersion: metallb.io/v1beta2\n');
  await write('lb/list.json', '{"spec":{"type":"LoadBalancer"}}');
  await write('lb/other.yaml', 'kind: Deployment\n');
  await write('lb/notes.txt', 'metallb\n');
  await write('lb/node_modules/x/pool.yaml', 'metallb\n');
  await symlink(join(folder, 'lb/pool.yaml'), join(folder, 'lb/link.yaml'));
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function read(operands: readonly string[], input = ''): Promise<readonly SourceFile[]> {
  const standardInput = Readable.from([new TextEncoder().encode(input)]);
  return readOperands(operands, { folder, standardInput, signal: new AbortController().signal });
}

const pathsOf = (files: readonly SourceFile[]): readonly string[] => files.map((file) => file.path);

describe('operands', () => {
  it('that are folders stand for the manifests in them that mention MetalLB, without following links', async () => {
    expect(pathsOf(await read(['lb']))).toEqual(['lb/deep/er/peer.YML', 'lb/list.json', 'lb/pool.yaml']);
  });

  it('that are files are read whatever their name and content is, and once', async () => {
    expect(pathsOf(await read(['lb/notes.txt', 'lb/other.yaml', './lb/other.yaml']))).toEqual([
      'lb/notes.txt',
      'lb/other.yaml',
    ]);
  });

  it('that are a dash stand for standard input', async () => {
    const [file] = await read(['-'], 'kind: Service\n');
    expect([file?.path, new TextDecoder().decode(file?.bytes)]).toEqual(['standard input', 'kind: Service\n']);
  });

  it('that are not there are a failure that names them', async () => {
    const refused = await read(['lb/nothing.yaml']).catch((error: unknown) => error);
    expect(isFailure(refused, 'source-not-found')).toBe(true);
    expect(String(refused)).toContain('lb/nothing.yaml');
  });
});
