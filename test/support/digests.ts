/** The digest of a run's weights, as the page and as the command say it. */
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { run } from "./command.js";

/** What the page says of its weights when the run is over. */
export async function digestOf(page: Page): Promise<string> {
  const code = page.locator(".digest code");
  await code.waitFor();
  return (await code.textContent()) ?? "";
}

/** @param runCommand how the command is run: in a process of its own, or by here.ts in that of the test */
export async function digestByCommand(
  args: readonly string[],
  runCommand: typeof run = run,
): Promise<string> {
  const { stdout, code } = await runCommand([...args, "--json"]);
  expect(code).toBe(0);
  return JSON.parse(stdout.trim().split("\n").at(-1) as string).weightsSha256;
}
