/** The last step of the build: writes the help to where it is found ready. */
import { writeFileSync } from "node:fs";
import { helpFile } from "./ready-help.js";
import { createProgram } from "./run-command.js";

const program = await createProgram(["--help"], () => {});
writeFileSync(helpFile, program.helpInformation());
