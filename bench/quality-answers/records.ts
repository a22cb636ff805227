import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { openRecordsAt } from "#assembly";
import { sameRows } from "../../src/evaluation/answers/same-rows.ts";
import { type ChatRequest, startScriptedEndpoint } from "../../test/support/scripted-endpoint.ts";
import { runRealSuite } from "./run.ts";

type Row = {
  question: string;
  sql: string | null;
  is_impossible: boolean;
  runs_on_demo?: boolean;
  demo_result?: (string | number | null)[][];
};

const unknown = "I cannot answer this question from these records.";

/**
 * What can be said of questions about records without a language model: that the record tool gives the rows that are right, and that a
 * script which knows each query, or only that it does not know, is scored as it should be. It says nothing of any model.
 */
export async function tellRecords(folder: string): Promise<string> {
  const text = await readFile(join(folder, "data/ehr_mimic_demo/manifest.jsonl"), "utf8");
  const rows = text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Row);
  const asked = rows.filter((row) => row.runs_on_demo);
  using records = await openRecordsAt(join(folder, "data/ehr_mimic_demo/mimic3_demo.sqlite"));
  const signal = new AbortController().signal;
  let equal = 0;
  for (const { sql, demo_result = [] } of asked) {
    const found = await records?.query({ query: sql ?? "", signal });
    if (found && sameRows(found.rows.slice(0, demo_result.length), demo_result)) equal++;
  }
  const queries = new Map(asked.map(({ question, sql }) => [question, sql ?? ""]));
  await using endpoint = await startScriptedEndpoint((request) => reply(request, queries));
  const suite = join(import.meta.dirname, "records.yaml");
  await writeFile(
    join(folder, "records.yaml"),
    (await readFile(suite, "utf8")).replace("ENDPOINT", endpoint.url),
  );
  const { arms } = await runRealSuite(folder, "records", { isWritten: true });
  const all = arms.find(({ isBaseline }) => !isBaseline)?.scored ?? [];
  const right = all.filter(({ correct }) => correct === 1).length;
  return [
    `- Of ${rows.length} questions ${rows.filter((row) => row.is_impossible).length} cannot be answered, and ${asked.length} have a query that runs on the demo; of these ${asked.filter(({ demo_result = [] }) => demo_result.flat().some((cell) => cell !== null)).length} find anything.`,
    `- The record tool gives the recorded rows for ${equal} of the ${asked.length} queries.`,
    `- The script is scored right on ${right} of the ${all.length} questions that the suite asks.`,
  ].join("\n");
}

function reply(request: ChatRequest, queries: ReadonlyMap<string, string>): { text: string } {
  const said = JSON.stringify(request.messages);
  const question = [...queries.keys()]
    .filter((one) => said.includes(JSON.stringify(one).slice(1, -1)))
    .sort((a, b) => b.length - a.length)[0];
  if (question === undefined) return { text: `<answer>${unknown}</answer>` };
  const isAsked = request.messages.some(({ role }) => role === "assistant");
  if (isAsked) return { text: "<answer>As the records say [1].</answer>" };
  return { text: `<query tool="query_records">${queries.get(question)}</query>` };
}
