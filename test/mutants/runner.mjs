/**
 * A process that runs tests each time that it is sent their names, until the first that fails, and
 * answers with whether all passed, and how long each file of them took.
 */
import { createVitest } from "vitest/node";

const vitest = await createVitest("test", {
  config: "test/mutants/vitest.config.ts",
  watch: false,
});
const found = await vitest.globTestSpecifications();

process.on("message", async (tests) => {
  const wanted = tests.map((test) => found.find(({ moduleId }) => moduleId.endsWith(`/${test}`)));
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications(wanted);
  const modules = tests.map((test) =>
    testModules.find(({ moduleId }) => moduleId.endsWith(`/${test}`)),
  );
  process.send({
    passed: unhandledErrors.length === 0 && modules.every((module) => module?.ok()),
    failed: tests.filter((_, i) => modules[i]?.state() === "failed"),
    seconds: modules.map((module) => (module?.diagnostic().duration ?? 0) / 1000),
  });
});
