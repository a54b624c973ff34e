import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodePng } from "../../src/data/pictures/png/decode.js";
import {
  epochSummary,
  firstRecord,
  recordsOfEpochs,
  summaryRecord,
  weightsSummary,
} from "../../src/export/index.js";
import { crc32c } from "../../src/export/tensorboard/crc32c.js";
import { weightSheet } from "../../src/export/tensorboard/weight-sheet.js";
import { readEvents } from "./events-reader.js";

describe("crc32c", () => {
  // RFC 3720, appendix B.4.
  test.each([
    ["32 zeros", new Uint8Array(32), 0x8a9136aa],
    ["32 ones", new Uint8Array(32).fill(0xff), 0x62a8ab43],
    ["0 to 31", Uint8Array.from({ length: 32 }, (_, k) => k), 0x46dd794e],
    ["31 to 0", Uint8Array.from({ length: 32 }, (_, k) => 31 - k), 0x113fdb5c],
  ])("of %s is that of the standard", (_, bytes, expected) => {
    expect(crc32c(bytes)).toBe(expected);
  });
});

describe("records", () => {
  test("begin with the version of the format", () => {
    const [first, ...others] = readEvents(firstRecord(1.5));
    expect(first).toMatchObject({ time: 1.5, version: "brain.Event:2", step: 0 });
    expect(others).toEqual([]);
  });

  test("hold what they were given, whatever it is", () => {
    const scalars = fc.dictionary(fc.string({ minLength: 1 }), fc.float({ noNaN: true }));
    const events = fc.array(
      fc.record({ time: fc.double({ noNaN: true }), step: fc.nat(), scalars }),
      { maxLength: 4 },
    );
    fc.assert(
      fc.property(events, (events) => {
        const records = events.map(({ scalars, ...event }) =>
          summaryRecord({ ...event, scalars: new Map(Object.entries(scalars)) }),
        );
        const read = readEvents(Buffer.concat(records));
        expect(read.map(({ time, step, scalars }) => ({ time, step, scalars }))).toEqual(
          events.map((event) => ({ ...event, scalars: { ...event.scalars } })),
        );
      }),
    );
  });

  test("a changed byte is noticed by the reader of these tests", () => {
    const record = Uint8Array.from(firstRecord(1));
    for (let k = 0; k < record.length; k++) {
      const changed = Uint8Array.from(record);
      changed[k]! ^= 1;
      expect(() => readEvents(changed)).toThrow();
    }
  });
});

test("an epoch gives a scalar for all that was measured, and none for what was not", () => {
  const measured = { trainLoss: 0.4, validationAccuracy: 0.9, testAccuracy: undefined };
  const report = { epoch: 3, loss: 0.5, learningRate: 0.1, imagesPerSecond: 1000, seconds: 2 };
  const [event] = readEvents(summaryRecord(epochSummary({ ...report, ...measured }, 7)));
  expect(event).toMatchObject({ time: 7, step: 3 });
  expect(Object.keys(event!.scalars).sort()).toEqual([
    ...["accuracy/validation", "images per second", "learning rate"],
    ...["loss/train", "loss/training steps"],
  ]);
  expect(event!.scalars["accuracy/validation"]).toBeCloseTo(0.9, 6);
});

describe("the epochs of a run", () => {
  const epochs = [{ epoch: 1, seconds: 2 }, { epoch: 2 }, { epoch: 3, seconds: 0.5 }];
  const timesOf = (date: string | undefined) => {
    const { records, time } = recordsOfEpochs(epochs, date);
    const events = readEvents(Buffer.concat(records));
    expect(events[0]!.version).toBeDefined();
    expect(events.map(({ step }) => step)).toEqual([0, 1, 2, 3]);
    expect(time).toBe(events.at(-1)!.time);
    return events.map((event) => event.time);
  };

  test("follow each other as they did in training; one whose time is unknown takes none", () => {
    const begin = Date.UTC(2026, 0, 2) / 1000;
    expect(timesOf("2026-01-02T00:00:00Z")).toEqual([0, 2, 2, 2.5].map((time) => begin + time));
  });

  test.each([undefined, "", "some day"])("begin in 1970 if the date is %j", (date) => {
    expect(timesOf(date)).toEqual([0, 2, 2, 2.5]);
  });
});

describe("the weights of the first layer", () => {
  test("are a picture with a tile for each unit", async () => {
    const [units, inputs] = [5, 16];
    const data = Float32Array.from({ length: units * inputs }, (_, k) => (k % 7) - 3);
    const [event] = readEvents(
      summaryRecord(weightsSummary({ shape: [units, inputs], data }, 2, 0)!),
    );
    const png = event!.images["first layer"]!;
    const { width, height } = await decodePng(png, "weights");
    // Three tiles across and two down, each of 4×4 pixels, with a line between.
    expect([width, height]).toEqual([14, 9]);
  });

  test("are white at zero, and the more blue or orange the larger they are, next to the largest of all", async () => {
    // Of three units, whose weights are columns by pixels: the largest of all is −4.
    const rows = [
      [-4, 0, 4, 2],
      [1, -1, -2, 0],
      [3, 3, 0, -3],
    ];
    const data = Float32Array.from({ length: 12 }, (_, k) => rows[k % 3]![Math.floor(k / 3)]!);
    const { width, png } = weightSheet({ shape: [3, 4], data })!;
    const { data: rgba } = await decodePng(png, "weights");
    const [blue, white, orange] = [
      [0, 114, 178],
      [255, 255, 255],
      [213, 94, 0],
    ] as const;
    for (const [unit, weights] of rows.entries()) {
      for (const [pixel, weight] of weights.entries()) {
        const x = 3 * (unit % 2) + (pixel % 2);
        const y = 3 * Math.floor(unit / 2) + Math.floor(pixel / 2);
        const colour = [...rgba.subarray(4 * (y * width + x), 4 * (y * width + x) + 3)];
        const end = weight < 0 ? blue : orange;
        colour.forEach((value, channel) => {
          const expected =
            white[channel]! + ((end[channel]! - white[channel]!) * Math.abs(weight)) / 4;
          expect(Math.abs(value - expected)).toBeLessThan(1);
        });
      }
    }
  });

  test("are all white if all are zero", async () => {
    const { png } = weightSheet({ shape: [1, 4], data: new Float32Array(4) })!;
    const { data: rgba } = await decodePng(png, "weights");
    expect([...rgba]).toEqual(Array(16).fill(255));
  });

  test("are none if the inputs are no square", () => {
    const w = { shape: [2, 15] as const, data: new Float32Array(30) };
    expect(weightsSummary(w, 1, 0)).toBeUndefined();
  });
});
