/** What a run takes from the machine and the account it runs on. Injected, so that a test can be any machine. */
export interface Host {
  /** `alice@build-7`: who a run is recorded under. */
  readonly by: string;
  readonly processId: number;
  /** Names this process to others on the same machine; undefined where it couldn't be told apart for sure. */
  readonly process: string | undefined;
  /** True only where that process ran on this very machine and has certainly ended. */
  isGone(process: string): boolean;
  /** Eight random hex digits. */
  randomId(): string;
  /** At least 0 and below 1. */
  random(): number;
  /** Calls `beat` again and again until the result is called. Doesn't keep the program alive. */
  every(ms: number, beat: () => void): () => void;
}
