import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { applyCalibration, type Calibration, fitCalibration, readCalibration } from "./calibration.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "medrounds-calibration-"));
});
afterEach(() => rm(folder, { recursive: true }));

const facts = { model: "some-model", measuredBy: "log-probabilities", date: "2026-01-31" } as const;
/** Told 0.9 and right in 3 of 4. */
const samples = [0, 0, 0, 1].map((correct) => ({ probabilities: [0.9, 0.1], correct }));
const isotonic: Calibration = {
  ...{ version: 1, ...facts, fittedOn: 2, error: { before: 0.2, after: 0.1 } },
  method: "isotonic",
  points: [
    { x: 0.5, y: 0.4 },
    { x: 0.9, y: 0.6 },
  ],
};

async function read(content: string): Promise<Calibration> {
  const file = join(folder, "calibration.json");
  await writeFile(file, content);
  return readCalibration(file);
}

describe("a calibration", () => {
  it.each(["temperature", "isotonic"] as const)(
    "by %s brings confidence to the share of correct answers",
    (method) => {
      const fitted = fitCalibration(samples, { ...facts, method });
      expect(applyCalibration([0.9, 0.1], fitted)).toEqual([
        expect.closeTo(0.75, 4),
        expect.closeTo(0.25, 4),
      ]);
      expect(fitted).toMatchObject({ ...facts, method, fittedOn: 4 });
      expect(fitted.error.before).toBeCloseTo(0.15, 8);
      expect(fitted.error.after).toBeCloseTo(0, 4);
    },
  );

  it("by isotonic leaves the other options their proportions, also where nothing is left for them", () => {
    expect(applyCalibration([0.7, 0.2, 0.1], isotonic)).toEqual([
      expect.closeTo(0.5),
      expect.closeTo(1 / 3),
      expect.closeTo(1 / 6),
    ]);
    expect(applyCalibration([1, 0, 0], isotonic)).toEqual([0.6, expect.closeTo(0.2), expect.closeTo(0.2)]);
  });

  it.each(["temperature", "isotonic"] as const)(
    "by %s is read from the file as it was written",
    async (method) => {
      const fitted = fitCalibration(samples, { ...facts, method });
      expect(await read(JSON.stringify(fitted))).toEqual(fitted);
    },
  );

  it.each([
    ["no JSON", "", ""],
    ["{}", "", "method"],
    [JSON.stringify({ ...isotonic, points: [] }), "", "points"],
    [JSON.stringify({ ...isotonic, points: isotonic.points.toReversed() }), "rise", "points"],
    [JSON.stringify({ ...isotonic, date: "yesterday" }), "", "date"],
    [
      JSON.stringify({ ...isotonic, method: "temperature", temperature: 0, points: undefined }),
      "",
      "temperature",
    ],
  ])("is refused with the key at fault: %s", async (content, said, key) => {
    await expect(read(content)).rejects.toMatchObject({
      code: "calibration-invalid",
      message: expect.stringContaining(said),
      facts: { key },
    });
  });
});
