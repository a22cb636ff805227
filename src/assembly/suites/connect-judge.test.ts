import { expect, it } from "vitest";
import { startScriptedEndpoint } from "../../../test/support/scripted-endpoint.ts";
import { connectJudges } from "./connect-judge.ts";

const given = { seed: 7, folder: ".", samples: async () => [] };

it("asks a chat model for JSON without chance, and finds it behind a thought and in a fence", async () => {
  await using endpoint = await startScriptedEndpoint((request) => {
    const shown = JSON.stringify(request.messages);
    const verdict = ["wall. Because", "wrist in two"].some((words) => shown.includes(words)) ? "1" : "5";
    const isOption = shown.includes("which option an answer");
    const said = isOption ? (verdict === "1" ? "none" : "B") : verdict;
    return { text: `<think>{ maybe }</think>\n\`\`\`json\n{"reason": "So.", "verdict": "${said}"}\n\`\`\`` };
  });
  const judge = { endpoint: endpoint.url, model: "judge-model", prompts: ["coherence"] };
  await using open = await connectJudges(judge, given);
  const { judges, notes } = open;
  expect(notes).toEqual([]);
  expect(endpoint.requests).toHaveLength(4);
  const [first] = endpoint.requests;
  expect(first).toMatchObject({ model: "judge-model", seed: 7 });
  expect(first?.messages.map(({ role }) => role)).toEqual(["system", "user"]);
  expect(judges[0]?.report()).toMatchObject({
    name: "coherence",
    model: `judge-model at ${endpoint.url}`,
    asked: 0,
  });
});

it("does not use a judge that says the same of everything", async () => {
  await using endpoint = await startScriptedEndpoint(() => ({ text: '{"verdict": "5"}' }));
  const judge = { endpoint: endpoint.url, model: "judge-model", prompts: ["coherence"] };
  await expect(connectJudges(judge, given)).rejects.toMatchObject({
    code: "judge-uncalibrated",
  });
});
