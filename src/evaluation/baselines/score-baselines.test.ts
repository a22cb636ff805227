import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { accuracy } from "../answers/metrics/accuracy.ts";
import { macroF1 } from "../answers/metrics/macro-f1.ts";
import { readDataSet } from "../data-sets/read-data-set.ts";
import { medrounds } from "../extraction/profiles/medrounds.ts";
import { createExemplarPool } from "../few-shot/exemplar-pool.ts";
import { makeSample, makeVectors, testOptions } from "../few-shot/test-samples.ts";
import { scoreBaselines } from "./score-baselines.ts";

const answers = ["round", "round", "round", "flat", "flat", "square"];
const samples = answers.map((answer, index) =>
  makeSample(`s${index}`, { answer, slide: `slide ${index % 3}` }),
);
const vectors = makeVectors(Object.fromEntries(samples.map(({ id }, index) => [id, index * 20])));
const pool = createExemplarPool({ samples });
const data = { samples, pool, openCompared: async () => createExemplarPool({ samples, vectors }) };
const meanOf = ({ scored }: { scored: readonly { correct: number | null }[] }) =>
  scored.reduce((sum, { correct }) => sum + (correct ?? 0), 0) / scored.length;

describe("the rules that any model has to beat", () => {
  it("stand in the order of the list, each with an answer to each question", async () => {
    const scored = await scoreBaselines(data);
    expect(scored.map(({ name }) => name)).toEqual([
      ...["random", "majority", "longest-option", "same-slide", "nearest-1", "nearest-5", "nearest-20"],
    ]);
    for (const { scored: rows } of scored)
      expect(rows.map(({ sample }) => sample)).toEqual(samples.map(({ id }) => id));
  });

  it("answer in a form that is read like any other answer, and count in any figure", async () => {
    for (const { name, scored } of await scoreBaselines(data)) {
      for (const { answer, extraction } of scored) {
        expect(medrounds.extract(answer?.output ?? "", testOptions)).toEqual(extraction);
      }
      const tally = accuracy.prepare(scored)!;
      const rows = scored.map((sample) => tally.row(sample)!);
      const sums = Float64Array.from([0, 1], (column) => rows.reduce((sum, row) => sum + row[column]!, 0));
      expect([name, tally.statistic(sums)]).toEqual([name, expect.closeTo(meanOf({ scored }), 12)]);
      expect(macroF1.prepare(scored)).not.toBeNull();
    }
  });

  it("score what is to be expected of chance, not what one draw gave", async () => {
    const [chance] = await scoreBaselines(data, ["random"]);
    expect(chance?.scored.map(({ correct }) => correct)).toEqual(answers.map(() => 1 / 3));
  });

  it("give no score to questions without options", async () => {
    const open = makeSample("open", { options: [] });
    const all = [...samples, open];
    for (const { scored } of await scoreBaselines({ ...data, samples: all })) {
      expect(scored.at(-1)).toMatchObject({ answer: null, extraction: null, correct: null });
    }
    const alone = createExemplarPool({ samples: [open] });
    const none = { samples: [open], pool: alone, openCompared: async () => alone };
    expect(await scoreBaselines(none)).toEqual([]);
  });

  it("are refused by a name that none has", async () => {
    await expect(scoreBaselines(data, ["majority", "nearest-3"])).rejects.toThrow(
      expect.objectContaining({ code: "suite-invalid", message: expect.stringContaining("nearest-20") }),
    );
  });

  it("have images described once, and only for those that compare them", async () => {
    let opened = 0;
    const counted = {
      ...data,
      openCompared: async () => {
        opened++;
        return data.openCompared();
      },
    };
    await scoreBaselines(counted, ["random", "majority", "longest-option", "same-slide"]);
    expect(opened).toBe(0);
    await scoreBaselines(counted);
    expect(opened).toBe(1);
    const texts = samples.map((sample) => ({ ...sample, images: [] }));
    await scoreBaselines({ ...counted, samples: texts });
    expect(opened).toBe(1);
  });
});

const shared = join(import.meta.dirname, "../../../../shared/data");
describe.skipIf(!existsSync(shared))("on real data (skipped where ../shared/data is absent)", () => {
  it.each([
    { name: "path_oral", random: 0.5, majority: 0.5, slide: undefined },
    { name: "path_prostate_gleason", random: 0.25, majority: 0.331, slide: 0.975 },
    { name: "path_cervical_lbc", random: 0.25, majority: 0.279, slide: undefined },
  ])("finds what the slide alone tells of $name", async ({ name, random, majority, slide }) => {
    const set = await readDataSet({ path: join(shared, name) });
    const pool = createExemplarPool({ samples: set.samples });
    const names = ["random", "majority", "same-slide"];
    const scored = await scoreBaselines(
      { samples: set.samples, pool, openCompared: async () => pool },
      names,
    );
    const figures = Object.fromEntries(scored.map((one) => [one.name, Number(meanOf(one).toFixed(3))]));
    expect([figures.random, figures.majority, figures["same-slide"]]).toEqual([random, majority, slide]);
  });
});
