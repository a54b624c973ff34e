/** One JSON object per line on stdout, and nothing else there. */
import { deforms, GENTLE } from "../../data/deformed/deformation.js";
import { DivergenceError } from "../../training/errors.js";
import { inWords } from "../errors/report.js";
import type { Reporter } from "./reporter.js";

export function jsonReporter(stdout: NodeJS.WritableStream): Reporter {
  const emit = (event: string, fields: object) => {
    stdout.write(`${JSON.stringify({ event, ...fields })}\n`);
  };
  return {
    start({ settings, ...start }) {
      const { trainSize, validationSize, ...others } = settings;
      const { elastic, rotation, shear, scaling, gentle = GENTLE, ...rest } = others;
      const deformation = { elastic, rotation, shear, scaling, gentle };
      emit("start", { ...start, ...rest, ...(deforms(settings) && { deformation }) });
    },
    progress() {},
    epoch({ validationAccuracy = null, ...report }) {
      const { epoch, loss, ...rest } = report;
      emit("epoch", { epoch, loss, validationAccuracy, ...rest });
    },
    hint: (epoch, text) => emit("hint", { epoch, text }),
    end: (end) => emit("end", end),
    dryRun: (result) => emit("dry-run", result),
    interrupted: ({ epochs, saved }) => emit("interrupted", { epochs, ...saved }),
    failed(error) {
      if (!(error instanceof DivergenceError)) return;
      const { epoch, step } = error;
      emit("error", { epoch, step, message: inWords(error) });
    },
  };
}
