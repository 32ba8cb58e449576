import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** Zero-based, as the Language Server Protocol counts. */
export interface Place {
  readonly line: number;
  readonly character: number;
}

export interface Diagnostic {
  readonly message: string;
  readonly range: { readonly start: Place };
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: unknown;
}

const waitMs = 30_000;

/** No look at the public schema store: only what the file itself names counts. */
const settings: Readonly<Record<string, unknown>> = {
  yaml: { schemaStore: { enable: false }, validate: true, hover: true, completion: true, format: { enable: false } },
  http: {},
  '[yaml]': {},
  editor: {},
  files: {},
};

/** The yaml-language-server that editors run, over its standard input and output. */
export class LanguageServer {
  private readonly process: ChildProcessWithoutNullStreams;
  private buffer: Buffer = Buffer.alloc(0);
  private nextId = 1;
  private readonly answers = new Map<number, (message: Message) => void>();
  private readonly diagnosed = new Map<string, (found: readonly Diagnostic[]) => void>();

  constructor() {
    const program = path.resolve('node_modules/yaml-language-server/bin/yaml-language-server');
    this.process = spawn(process.execPath, [program, '--stdio'], { stdio: 'pipe' });
    this.process.stdout.on('data', (chunk: Buffer) => {
      this.take(chunk);
    });
  }

  async start(): Promise<void> {
    const capabilities = {
      workspace: { configuration: true },
      textDocument: {
        hover: { contentFormat: ['markdown'] },
        completion: { completionItem: { snippetSupport: true } },
      },
    };
    await this.request('initialize', { processId: process.pid, rootUri: null, capabilities });
    this.send({ method: 'initialized', params: {} });
    this.send({ method: 'workspace/didChangeConfiguration', params: { settings } });
  }

  /** Opens a text as if it stood in that file, and gives back what the editor would underline. */
  async open(
    file: string,
    text: string,
  ): Promise<{ readonly uri: string; readonly diagnostics: readonly Diagnostic[] }> {
    const uri = pathToFileURL(path.resolve(file)).href;
    const diagnostics = this.within<readonly Diagnostic[]>('diagnostics', (resolve) =>
      this.diagnosed.set(uri, resolve),
    );
    this.send({
      method: 'textDocument/didOpen',
      params: { textDocument: { uri, languageId: 'yaml', version: 1, text } },
    });
    return { uri, diagnostics: await diagnostics };
  }

  async request(method: string, params: unknown): Promise<unknown> {
    const id = this.nextId;
    this.nextId += 1;
    const answer = this.within<Message>(method, (resolve) => this.answers.set(id, resolve));
    this.send({ id, method, params });
    const { result, error } = await answer;
    if (error !== undefined) {
      throw new Error(`${method}: ${JSON.stringify(error)}`);
    }
    return result;
  }

  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.process.once('close', resolve));
    this.process.kill('SIGKILL');
    await closed;
  }

  private async within<T>(what: string, register: (resolve: (value: T) => void) => void): Promise<T> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no ${what} from the language server`)), waitMs);
      register((value) => {
        clearTimeout(timer);
        resolve(value);
      });
    });
  }

  private send(message: Message): void {
    const body = JSON.stringify({ jsonrpc: '2.0', ...message });
    this.process.stdin.write(`Content-Length: ${String(Buffer.byteLength(body))}\r\n\r\n${body}`);
  }

  private take(chunk: Buffer): void {
    this.buffer = Buffer.concat([this.buffer, chunk]);
    for (;;) {
      const end = this.buffer.indexOf('\r\n\r\n');
      const length = /Content-Length: (\d+)/iu.exec(this.buffer.toString('latin1', 0, Math.max(end, 0)))?.[1];
      if (end === -1 || length === undefined || this.buffer.length < end + 4 + Number(length)) {
        return;
      }
      const body = this.buffer.toString('utf8', end + 4, end + 4 + Number(length));
      this.buffer = this.buffer.subarray(end + 4 + Number(length));
      this.receive(JSON.parse(body) as Message);
    }
  }

  private receive({ id, method, params, result, error }: Message): void {
    if (method === 'textDocument/publishDiagnostics') {
      const { uri, diagnostics } = params as { uri: string; diagnostics: readonly Diagnostic[] };
      this.diagnosed.get(uri)?.(diagnostics);
      return;
    }
    if (method !== undefined && id !== undefined) {
      this.reply(id, method, params);
      return;
    }
    if (id !== undefined) {
      this.answers.get(id)?.({ result, error });
    }
  }

  /** The server asks for settings by section; everything else it asks gets nothing. */
  private reply(id: number, method: string, params: unknown): void {
    const items =
      method === 'workspace/configuration' ? (params as { items: readonly { section?: string }[] }).items : [];
    const result = items.length === 0 ? null : items.map(({ section }) => settings[section ?? ''] ?? {});
    this.send({ id, result });
  }
}
