/** The flag for the port on which a page is served. */
import type { Command } from "commander";
import { whole } from "./parsers.js";

export interface PortFlags {
  readonly port?: number;
}

export function addPortOption(command: Command): Command {
  return command.option(
    "--port <n>",
    "serve the page on this port (default: one that is free)",
    whole(1, 65535),
  );
}
