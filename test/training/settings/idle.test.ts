import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { learningRateAt } from "../../../src/training/schedule.js";
import { isIdle } from "../../../src/training/settings/idle.js";
import { completeSettings } from "../../../src/training/settings/settings.js";

const schedules = fc
  .record({
    schedule: fc.constantFrom("step", "exponential", "cosine"),
    epochs: fc.integer({ min: 1, max: 30 }),
    part: fc.double({ min: 0, max: 0.99, noNaN: true }),
    lrStep: fc.integer({ min: 1, max: 30 }),
  })
  .map(({ schedule, epochs, part, lrStep }) =>
    completeSettings({
      ...{ schedule, epochs, warmup: Math.floor(part * epochs), learningRate: 1 },
      ...(schedule === "step" && { lrStep }),
    }),
  );

describe("a setting is idle", () => {
  test("if it is where the learning rate ends, and that is never reached", () => {
    fc.assert(
      fc.property(schedules, fc.constantFrom(0.5, 0.01), (settings, lrEnd) => {
        const reached = learningRateAt(settings.epochs - 1, { ...settings, lrEnd });
        expect(isIdle("lrEnd", settings)).toBe(reached !== lrEnd);
      }),
    );
  });

  test("but not if without it another schedule or other steps would apply", () => {
    fc.assert(
      fc.property(schedules, (settings) => {
        expect(isIdle("schedule", settings)).toBe(false);
        expect(isIdle("lrStep", settings)).toBe(false);
      }),
    );
  });

  test("if it is the activation of hidden layers, and there are none", () => {
    expect(isIdle("activation", completeSettings({ hidden: [] }))).toBe(true);
    expect(isIdle("activation", completeSettings({ hidden: [3] }))).toBe(false);
  });
});
