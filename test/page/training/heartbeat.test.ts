/** A worker is taken for silent after a minute in which the page was seen, and not before. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Heartbeat, MOST, TICK } from "../../../src/page/training/heartbeat.js";

let asked = 0;
let isSeen = true;
let changes: boolean[] = [];
let heartbeat: Heartbeat;

beforeEach(() => {
  vi.useFakeTimers();
  [asked, isSeen, changes] = [0, true, []];
  heartbeat = new Heartbeat({
    ask: () => {
      asked++;
    },
    isSeen: () => isSeen,
    onChange: (isSilent) => {
      changes.push(isSilent);
    },
  });
  heartbeat.start();
});
afterEach(() => {
  heartbeat.stop();
  vi.useRealTimers();
});

test("silence is found once, after it was asked, and ends with the next word", () => {
  vi.advanceTimersByTime(MOST * TICK - 1);
  expect(changes).toEqual([]);
  expect(asked).toBe(MOST - 1);
  vi.advanceTimersByTime(10 * MOST * TICK);
  expect(changes).toEqual([true]);
  heartbeat.heard();
  expect(changes).toEqual([true, false]);
  vi.advanceTimersByTime(MOST * TICK);
  expect(changes).toEqual([true, false, true]);
});

test("one who answers is never silent, however long a step takes within the minute", () => {
  for (let k = 0; k < 10; k++) {
    vi.advanceTimersByTime((MOST - 1) * TICK);
    heartbeat.heard();
  }
  expect(changes).toEqual([]);
});

test("time in which the page is not seen does not count", () => {
  vi.advanceTimersByTime((MOST - 1) * TICK);
  isSeen = false;
  vi.advanceTimersByTime(100 * MOST * TICK);
  expect(changes).toEqual([]);
  isSeen = true;
  vi.advanceTimersByTime(TICK);
  expect(changes).toEqual([true]);
});

test("nothing is expected of one that has been stopped", () => {
  vi.advanceTimersByTime((MOST - 1) * TICK);
  heartbeat.stop();
  vi.advanceTimersByTime(MOST * TICK);
  expect(changes).toEqual([]);
});
