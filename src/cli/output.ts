/** What happens when output cannot be written: nobody reads it any more, or the disk is full. */
import { exitCodes } from "./exit-codes.js";
import { askToStop } from "./interruption.js";

/**
 * A reader that goes away early, as `| head` does, is no failure: a command that only prints ends
 * quietly, and one that trains stops, saves what it is to save, and ends quietly, too. Where the disk is
 * full, that is said.
 */
export function watchOutput({ stdout, stderr }: NodeJS.Process): void {
  // What is written while the command stops fails in the same way.
  let isHeeded = false;
  for (const stream of [stdout, stderr]) {
    stream.on("error", async (error: NodeJS.ErrnoException) => {
      if (isHeeded) return;
      isHeeded = true;
      if (error.code === "EPIPE") {
        if (!askToStop(exitCodes.closedPipe)) process.exit(exitCodes.success);
        return;
      }
      if (stream === stdout) {
        const { systemReason } = await import("../files/reason.js");
        stderr.write(`train-mnist: the output cannot be written: ${systemReason(error)}\n`);
      }
      if (!askToStop(exitCodes.failure)) process.exit(exitCodes.failure);
    });
  }
}
