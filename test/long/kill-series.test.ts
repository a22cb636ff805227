import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type KillSeries, openKillSeries, type Phase, strikes } from "../support/kill-series.ts";
import { makeFolder, removeFolder } from "../support/run-cli.ts";

let folder: string;
let series: KillSeries;
beforeAll(async () => {
  folder = await makeFolder("kill-series");
  series = await openKillSeries(folder);
});
afterAll(() => removeFolder(folder));

const times: Record<Phase, number> = { ingest: 6, "index build": 5, compaction: 5, removal: 4 };
const wanted = Object.entries(times).flatMap(([phase, count]) =>
  Array.from({ length: count }, () => ({ phase: phase as Phase, signal: "SIGKILL" as const })),
);

describe("kill -9, twenty times", () => {
  let ended = 0;
  it.each(strikes(wanted))(
    "during $phase (seed $seed) leaves a sound library with nothing half; the next command completes it",
    async (strike) => {
      if (await series.strike(strike)) ended++;
      expect.hasAssertions();
    },
  );

  it("met most of the commands in their midst", () => {
    expect(ended).toBeGreaterThanOrEqual(12);
  });
});
