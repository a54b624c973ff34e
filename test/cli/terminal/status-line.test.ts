import { PassThrough } from "node:stream";
import type { WriteStream } from "node:tty";
import { describe, expect, test } from "vitest";
import { withStatusLine } from "../../../src/cli/terminal/status-line.js";
import { screenOf } from "../../support/terminal.js";

function terminal(isTTY: boolean) {
  const stream = Object.assign(new PassThrough(), { isTTY, columns: 10 });
  const written = () => stream.read()?.toString() ?? "";
  return { stream: stream as unknown as WriteStream, written };
}

describe("a status line", () => {
  test("is cut to the terminal, and gone when the action has ended", () => {
    const { stream, written } = terminal(true);
    const result = withStatusLine(stream, {}, (show) => {
      show("数字数字数字");
      expect(screenOf(written())).toEqual(["数字数字"]);
      return 7;
    });
    expect(result).toBe(7);
    expect(written()).toBe("\r\u001b[K");
  });

  test("is gone when the action fails, before its error is told", () => {
    const { stream, written } = terminal(true);
    const fail = () =>
      withStatusLine(stream, {}, (show) => {
        show("deriving");
        throw new Error("it fails");
      });
    expect(fail).toThrow("it fails");
    expect(written().endsWith("\r\u001b[K")).toBe(true);
  });

  test("is not written off a terminal", () => {
    const { stream, written } = terminal(false);
    withStatusLine(stream, {}, (show) => show("deriving"));
    expect(written()).toBe("");
  });
});
