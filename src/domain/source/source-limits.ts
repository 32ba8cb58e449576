/** Bounds of what a source may bring in. Beyond one, reading fails with `source-limit`; nothing is ever cut short. */
export interface SourceLimits {
  /** Bytes of one wanted file. */
  readonly fileBytes: number;
  /** Wanted files. */
  readonly files: number;
  /** Entries below the configuration root, wanted or not. */
  readonly listedEntries: number;
  /** Bytes of all wanted files together. */
  readonly totalBytes: number;
  /** Steps in the path of a wanted file. */
  readonly depth: number;
  /** Bytes that the mirror of one repository may take on disk. */
  readonly mirrorBytes: number;
}

export const defaultSourceLimits: SourceLimits = {
  fileBytes: 8 * 1024 * 1024,
  files: 5_000,
  listedEntries: 50_000,
  totalBytes: 64 * 1024 * 1024,
  depth: 32,
  mirrorBytes: 512 * 1024 * 1024,
};
