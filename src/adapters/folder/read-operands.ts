import { open, stat } from 'node:fs/promises';
import path from 'node:path';
import { Failure } from '../../domain/failure.ts';
import type { SourceFile } from '../../ports/source.ts';
import { blobId } from './blob-id.ts';
import { walkFolder } from './folder-walk.ts';

/** More than the largest file that is read as YAML, so that a longer one is told of and not cut. */
const mostBytes = 16 * 1024 * 1024;

/** A folder with more is hardly meant. */
const mostEntries = 200_000;

const isManifestFile = (name: string): boolean => /\.(?:ya?ml|json)$/i.test(name);

/** A file that may say something to MetalLB: most files of a large repository need not be parsed to know that they don't. */
const mentions = /metal_?lb|frrk8s|configInline|LoadBalancer|address-pools/i;

export interface OperandOptions {
  readonly folder: string;
  readonly standardInput: AsyncIterable<Uint8Array>;
  readonly signal: AbortSignal;
  /** Files of folders that are read whatever they say, by their name. */
  readonly always?: RegExp;
}

/**
 * The files that operands name: a file whatever its name is, a folder's `*.yaml`, `*.yml` and `*.json` at any depth, `-`
 * standard input. Paths are as a person would write them, so that findings lead there. A file named twice is read once.
 */
export async function readOperands(
  operands: readonly string[],
  options: OperandOptions,
): Promise<readonly SourceFile[]> {
  const files = new Map<string, SourceFile>();
  for (const operand of operands) {
    for (const file of await readOperand(operand, options)) {
      files.set(file.path, file);
    }
  }
  return [...files.values()];
}

async function readOperand(operand: string, options: OperandOptions): Promise<readonly SourceFile[]> {
  if (operand === '-') {
    return [fileOf('standard input', await readAll(options))];
  }
  const place = path.resolve(options.folder, operand);
  const found = await stat(place).catch((cause: unknown) => {
    const message = `${operand} is neither a file nor a folder, or cannot be read`;
    throw new Failure({ code: 'source-not-found', message, retry: 'never', remedy: 'Check the path.', cause });
  });
  if (found.isDirectory()) {
    return readFolder(operand, place, options);
  }
  return [fileOf(path.normalize(operand), await readFile(place))];
}

/** Links are passed over: what they lead to is named by its own path, or lies outside. */
async function readFolder(
  operand: string,
  place: string,
  { signal, always }: OperandOptions,
): Promise<readonly SourceFile[]> {
  const entries = await walkFolder(place, mostEntries, signal);
  const names = entries.filter(({ kind }) => kind === 'file').map((entry) => entry.path);
  const files: SourceFile[] = [];
  const isAsked = (name: string): boolean => always?.test(path.basename(name)) === true;
  for (const name of names.filter((each) => isManifestFile(each) || isAsked(each)).toSorted()) {
    signal.throwIfAborted();
    const bytes = await readFile(path.join(place, name));
    if (mentions.test(bytes.toString('latin1')) || isAsked(name)) {
      files.push(fileOf(path.join(operand, name), bytes));
    }
  }
  return files;
}

async function readFile(place: string): Promise<Buffer> {
  const handle = await open(place, 'r');
  try {
    const buffer = Buffer.alloc(mostBytes);
    let length = 0;
    for (let count = -1; count !== 0 && length < buffer.length; length += count) {
      count = (await handle.read(buffer, length, buffer.length - length, null)).bytesRead;
    }
    return buffer.subarray(0, length);
  } finally {
    await handle.close();
  }
}

async function readAll({ standardInput, signal }: OperandOptions): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of standardInput) {
    signal.throwIfAborted();
    chunks.push(chunk);
    length += chunk.length;
    if (length >= mostBytes) {
      break;
    }
  }
  return Buffer.concat(chunks);
}

function fileOf(name: string, bytes: Uint8Array): SourceFile {
  return { path: name, id: blobId(bytes), bytes };
}
