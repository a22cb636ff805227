import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { describeTables } from "./describe-tables.ts";
import { openRecords } from "./open-records.ts";

const folder = join(import.meta.dirname, "../../../shared/data/ehr_mimic_demo");

type Question = { sql: string | null; runs_on_demo?: boolean; demo_result?: unknown[][] };

describe.skipIf(!existsSync(folder))("the demo of MIMIC-III (skipped where ../shared/data is absent)", () => {
  it("gives for the gold queries of EHRSQL what is recorded of them, and refuses those on tables that it lacks", async () => {
    using records = await openRecords(join(folder, "mimic3_demo.sqlite"));
    const lines = readFileSync(join(folder, "manifest.jsonl"), "utf8").trim().split("\n");
    const questions = lines.map((line) => JSON.parse(line) as Question);
    const counts = { equal: 0, refused: 0 };
    for (const { sql, runs_on_demo, demo_result = [] } of questions) {
      if (sql === null) continue;
      if (runs_on_demo) {
        const { rows } = await records.query(sql);
        expect(rows.slice(0, demo_result.length), sql).toEqual(demo_result);
        counts.equal++;
      } else {
        await expect(records.query(sql)).rejects.toMatchObject({ code: "query-refused" });
        counts.refused++;
      }
    }
    expect(counts).toEqual({ equal: 168, refused: 75 });
  });

  it("is described whole in a few thousand characters", async () => {
    using records = await openRecords(join(folder, "mimic3_demo.sqlite"));
    const text = describeTables(records.tables);
    expect(text.split("\n")).toHaveLength(16);
    expect(text).toMatch(/^prescriptions \(10398 rows\): row_id INTEGER, .*route TEXT$/m);
    expect(text.length).toBeLessThan(5_000);
  });
});
