import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseReply } from "./reply.ts";

const whole = {
  medical_terminology: ["Ascites is fluid in the peritoneal cavity."],
  symptoms_and_signs: [],
  disease_manifestations: ["Cirrhosis causes portal hypertension.", "It {really} does."],
  treatment_protocols: ["Spironolactone treats ascites."],
};
const json = JSON.stringify(whole);

describe("parseReply", () => {
  it.each([
    ["bare", json],
    ["in a code fence", `\`\`\`json\n${JSON.stringify(whole, null, 2)}\n\`\`\``],
    ["with text around it", `Here {you} are: ${json} I hope this helps {a lot}.`],
    ["after thoughts", `<think>{"medical_terminology": 5}</think>${json}`],
    ["with a key too many", JSON.stringify({ ...whole, notes: { a: 1 } })],
  ])("reads an object that is %s", (_, text) => {
    expect(parseReply(text)).toEqual({ type: "sentences", sentences: whole });
  });

  it("takes a missing or null key as empty, and one text as a list of one", () => {
    const text = '{"treatment_protocols": "Rest helps a sprain.", "symptoms_and_signs": null}';
    expect(parseReply(text)).toMatchObject({
      sentences: {
        medical_terminology: [],
        symptoms_and_signs: [],
        treatment_protocols: ["Rest helps a sprain."],
      },
    });
  });

  it.each([
    ["", /no JSON object/],
    ["I can't help with that.", /no JSON object/],
    [json.slice(0, -4), /not complete/],
    ['{"answer": "B"}', /none of the four keys/],
    [`[${json.slice(1)}`, /no JSON object/],
    ['{"treatment_protocols": [{"text": "Rest."}]}', /treatment_protocols/],
    ['{"treatment_protocols": 7}', /treatment_protocols/],
  ])("says what is wrong with %j", (text, problem) => {
    expect(parseReply(text)).toEqual({ type: "refused", problem: expect.stringMatching(problem) });
  });

  it("gives lists of strings or a problem for any text, in bounded time", () => {
    const piece = fc.constantFrom(
      "{",
      "}",
      '"',
      "\\",
      "[",
      "]",
      ",",
      ":",
      '"symptoms_and_signs"',
      "null",
      "a",
      "</think>",
    );
    const text = fc.oneof(
      fc.string(),
      fc.json(),
      fc.array(piece).map((pieces) => pieces.join("")),
    );
    fc.assert(
      fc.property(text, (reply) => {
        const read = parseReply(reply);
        if (read.type === "refused") return read.problem !== "";
        return Object.values(read.sentences)
          .flat()
          .every((sentence) => typeof sentence === "string");
      }),
    );
    const began = performance.now();
    for (const unit of ["{", '{"', '{"a":', "{}"]) parseReply(unit.repeat(16_000));
    expect(performance.now() - began).toBeLessThan(2_000);
  });
});
