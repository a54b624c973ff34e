/** One JSON object per line on stdout, and nothing else there; docs/json.md says what they have. */
import { deforms, GENTLE } from "../../../data/deformed/deformation.js";
import { DivergenceError } from "../../../training/errors.js";
import { inWords } from "../../errors/report.js";
import { eventLine } from "../../terminal/event-line.js";
import type { Reporter } from "./reporter.js";

export function jsonReporter(stdout: { write(text: string): unknown }): Reporter {
  const emit = (event: string, fields: object) => {
    stdout.write(eventLine(event, fields));
  };
  return {
    start({ settings, plain: _, ...start }) {
      const { trainSize, validationSize, ...others } = settings;
      const { elastic, elasticField, rotation, shear, scaling, gentle = GENTLE, ...rest } = others;
      const deformation = { elastic, elasticField, rotation, shear, scaling, gentle };
      emit("start", {
        ...start,
        ...rest,
        ...(deforms(settings) && { deformation }),
      });
    },
    progress() {},
    epoch({ epoch, loss, learningRate, seconds, imagesPerSecond, ...measured }) {
      const { trainLoss = null, trainAccuracy = null } = measured;
      const { validationLoss = null, validationAccuracy = null } = measured;
      const { testLoss = null, testAccuracy = null } = measured;
      emit("epoch", {
        ...{ epoch, loss, trainLoss, trainAccuracy },
        ...{ validationLoss, validationAccuracy, testLoss, testAccuracy },
        ...{ learningRate, seconds, imagesPerSecond },
      });
    },
    hint: (epoch, text) => emit("hint", { epoch, text }),
    end({ bestValidationAccuracy = null, bestTestAccuracy = null, ...end }) {
      const { reason, epochs, testAccuracy, bestEpoch, ...rest } = end;
      emit("end", {
        ...{ reason, epochs, testAccuracy, bestEpoch, bestValidationAccuracy, bestTestAccuracy },
        ...rest,
      });
    },
    dryRun: (result) => emit("dry-run", result),
    interrupted: ({ epochs, saved }) => emit("interrupted", { epochs, ...saved }),
    failed(error) {
      if (!(error instanceof DivergenceError)) return;
      const { epoch, step } = error;
      emit("error", { epoch, step, message: inWords(error) });
    },
  };
}
