/** What one types to start this command, for messages that say how to go on. */

/** `npx train-mnist` where npx has started it. */
export function invocation({ npm_command }: NodeJS.ProcessEnv): string {
  return npm_command === "exec" ? "npx train-mnist" : "train-mnist";
}
