/** A command of `countersign`, and of `npm run` with the same name. */
export interface Command {
  /** What the command does, how it is called, and its options. At most 80 columns. */
  readonly usage: string;
  /**
   * Runs the command with the arguments that follow its name.
   *
   * @returns the exit status: 0 if everything is as it should be, otherwise 1.
   * @throws UnusableError if an argument, a file or a tool cannot be used.
   */
  readonly run: (args: readonly string[]) => Promise<number>;
}
