import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type KillSeries, openKillSeries, strikes } from "./support/kill-series.ts";
import { makeFolder, removeFolder } from "./support/run-cli.ts";

let folder: string;
let series: KillSeries;
beforeAll(async () => {
  folder = await makeFolder("interrupt");
  series = await openKillSeries(folder);
});
afterAll(() => removeFolder(folder));

const wanted = strikes([
  { phase: "ingest", signal: "SIGINT" },
  { phase: "ingest", signal: "SIGINT" },
  { phase: "ingest", signal: "SIGKILL" },
  { phase: "index build", signal: "SIGKILL" },
  { phase: "compaction", signal: "SIGKILL" },
  { phase: "removal", signal: "SIGKILL" },
  { phase: "removal", signal: "SIGKILL" },
]);

describe("a command that changes a library", () => {
  it("adds all, and a second time nothing", () => series.addTwice());

  it.each(wanted)(
    "ended by $signal during $phase (seed $seed) leaves a sound library with nothing half; the next completes it",
    async (strike) => {
      await series.strike(strike);
      expect.hasAssertions();
    },
  );
});
