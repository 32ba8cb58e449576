declare const commitShaBrand: unique symbol;
/** A full commit id: 40 or 64 lower-case hex digits. Made only by checking. */
export type CommitSha = string & { readonly [commitShaBrand]: true };

/** What was read: the commit, and for a folder that differs from it a `+dirty` mark. */
export interface Revision {
  /** `<sha>`, `<sha>+dirty`, or `unversioned` for a folder that is no repository. */
  readonly id: string;
  readonly sha: CommitSha | undefined;
  readonly dirty: boolean;
  /** What was asked for: branch, tag or commit, as the user named it. */
  readonly ref: string;
  /** Who signed the commit; present where signatures are checked and it was read. */
  readonly signer?: CommitSigner;
}

/** A signer that the given keys vouch for. */
export interface CommitSigner {
  /** The principal of the allowed signers file, or the user id of the GPG key. */
  readonly name: string;
  /** Fingerprint of the key that signed. */
  readonly key: string;
}

/** A file of the tree at one revision. `id` is the content's own id (Git blob id): equal ids mean equal bytes. */
export interface SourceFile {
  /** Path from the configuration root, with `/`, never absolute, never with `..`. */
  readonly path: string;
  readonly id: string;
  readonly bytes: Uint8Array;
}

/** The files of one revision that the caller asked for, sorted by path. */
export interface SourceTree {
  readonly revision: Revision;
  readonly files: readonly SourceFile[];
}

/**
 * Where configuration comes from. Reading never changes the source, runs nothing from it and follows no link.
 * Throws a Failure of the `source-*` codes; an unreadable source is never an empty one.
 */
export interface Source {
  /** For messages: the location without credentials. */
  readonly description: string;
  /** The revision that the ref names now; asks the remote without fetching. */
  resolve(signal: AbortSignal): Promise<Revision>;
  /** The files whose path passes `wanted`, at that revision. */
  read(revision: Revision, wanted: (path: string) => boolean, signal: AbortSignal): Promise<SourceTree>;
}
