/** What the command's exit codes mean. */
export const exitCodes = {
  success: 0,
  /** The command could not do what was asked: bad data, a missing file, a failed run. */
  failure: 1,
  /** The command was used wrongly: an unknown flag, an impossible value or combination. */
  usage: 2,
  /** SIGHUP: the terminal was closed. */
  hungUp: 129,
  /** SIGINT: Ctrl-C. */
  interrupted: 130,
  /** Training was stopped because nobody reads its output any more. */
  closedPipe: 141,
  /** SIGTERM. */
  terminated: 143,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
