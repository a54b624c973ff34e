/** Giving a file the name of another, whose place it takes. */
import { rename } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";

/** Windows does not replace a file that someone has open, such as a virus scanner for a moment. */
export async function renameFile(from: string, to: string): Promise<void> {
  for (let attempts = 1; ; attempts++) {
    try {
      return await rename(from, to);
    } catch (error) {
      const { code = "" } = error as NodeJS.ErrnoException;
      const mayPass = process.platform === "win32" && ["EPERM", "EACCES", "EBUSY"].includes(code);
      if (!mayPass || attempts === 10) throw error;
      await delay(100);
    }
  }
}
