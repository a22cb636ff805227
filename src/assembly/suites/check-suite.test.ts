import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeFolder } from "../../../test/support/run-cli.ts";
import { planSuite } from "./plan-suite.ts";

let folder: string;
beforeAll(async () => {
  folder = await makeFolder("check-suite");
  await mkdir(join(folder, "data"));
});
afterAll(() => rm(folder, { recursive: true }));

const suite = `name: slips
dataSets: [{ path: data }]
models: [{ endpoint: "http://127.0.0.1:9/v1", model: any }]
conditions: [{ type: zero-shot }]
`;
const judge = 'judge: { endpoint: "http://127.0.0.1:9/v1", model: any, prompts: ';

async function plan(text: string): Promise<unknown> {
  const file = join(folder, "suite.yaml");
  await writeFile(file, text);
  return planSuite({ file, folder: join(folder, "run") }).catch((error: unknown) => error);
}

describe("a slip in a suite", () => {
  it.each([
    [`${suite}profile: medround\n`, /line 5: profile: There is no profile medround; there are medrounds/],
    [`${suite}metrics: [accuray]\n`, /line 5: metrics: There is no metric accuray; there are accuracy/],
    [`${suite}baselines: [chance]\n`, /line 5: baselines: There is no baseline “chance”/],
    [`${suite}${judge}[./mine.md] }\n`, /line 5: judge\.prompts\.0: there is no file or folder .*mine\.md/],
    [suite.replace("path: data", "path: dta"), /line 2: dataSets\.0\.path: there is no file or folder .*dta/],
    [
      suite.replace("zero-shot", "few-shot, exemplars: recorded, records: shown.json"),
      /line 4: conditions\.0\.records: there is no file or folder .*shown\.json/,
    ],
    [
      suite.replace("zero-shot", "few-shot, pool: { path: other }"),
      /line 4: conditions\.0\.pool\.path: there is no file or folder .*other/,
    ],
  ])("is told with its line before anything is asked: %j", async (text, message) => {
    expect(await plan(text)).toMatchObject({
      ...{ code: "suite-invalid", message: expect.stringMatching(message) },
    });
  });

  it("is told of a judge, too", async () => {
    expect(await plan(`${suite}${judge}[faithfullness] }\n`)).toMatchObject({
      code: "judge-missing",
      message: expect.stringContaining("faithfullness"),
    });
  });
});
