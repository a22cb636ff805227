import { describe, expect, it } from "vitest";
import type { Question } from "#contracts";
import { makeCase, makePassage, memoryLibrary } from "../../../../test/support/memory-library.ts";
import {
  answerOf,
  collectEvents,
  eventsOf,
  makeImage,
  makeRequest,
} from "../../../../test/support/rounds.ts";
import { runRound } from "../../loop.ts";
import type { LibraryPort } from "../../ports.ts";
import { reader } from "./reader.ts";

const passages = [
  makePassage({
    id: "effusion",
    title: "Pleural effusion",
    text: "Blunting of the costophrenic angle is the earliest sign of a pleural effusion.",
  }),
];
const cases = [
  { case: makeCase({ id: "one", labels: { "Pleural effusion": "present" } }), score: 0.95 },
  { case: makeCase({ id: "two", labels: { Cardiomegaly: "present" } }), score: 0.94 },
];
const effusionOptions = [
  { label: "A", text: "Cardiomegaly" },
  { label: "B", text: "Pleural effusion" },
];
const judgments = [
  { label: "A", text: "Yes" },
  { label: "B", text: "No" },
];

async function read(given: Partial<Question> & { side?: number; library?: LibraryPort }) {
  const { side = 64, library = memoryLibrary({ passages, cases }), ...question } = given;
  const images = [{ ...makeImage("view-1.png"), width: side, height: 64 }];
  const events = await collectEvents(runRound(makeRequest({ policy: reader, question, images, library })));
  return {
    events,
    get answer() {
      return answerOf(events);
    },
  };
}

describe("the reader where nothing can be compared", () => {
  it.each([
    ["the library holds no cases", memoryLibrary({ passages })],
    [
      "the search for cases fails",
      {
        ...memoryLibrary({ passages }),
        findSimilarCases: async () => Promise.reject(new Error("the table is gone")),
      },
    ],
  ])("quotes but does not judge the image where %s", async (_, library) => {
    for (const options of [[], effusionOptions]) {
      const text = "Which sign does a pleural effusion give?";
      const { answer } = await read({ text, options, library });
      expect(answer).toMatchObject({ abstained: true, confidence: 0, choice: null, differential: [] });
      expect(answer.text).toMatch(
        /^The library holds no case that looks like the image, so nothing judges it\./,
      );
      expect(answer.text).toContain("costophrenic angle");
    }
  });

  it.each([1, 31])("does not compare an image of %d pixels a side, says so and abstains", async (side) => {
    for (const options of [[], effusionOptions]) {
      const { events, answer } = await read({ side, text: "Is there cardiomegaly?", options });
      expect(eventsOf(events, "query-issued").map(({ tool }) => tool)).not.toContain("find_similar_cases");
      expect(answer).toMatchObject({ abstained: true, confidence: 0, choice: null });
      expect(answer.text).toContain(`The image view-1.png has ${side} × 64 pixels; below 32 a side`);
    }
  });

  it("compares an image of 32 pixels a side", async () => {
    expect((await read({ side: 32 })).answer.abstained).toBe(false);
  });
});

describe("the reader where presence is not the question", () => {
  it.each(["Does a pleural effusion cause cardiomegaly?", "Is a pleural effusion dangerous?"])(
    "does not answer by presence what asks for more: %s",
    async (text) => {
      const { answer } = await read({ text });
      expect(answer).toMatchObject({ abstained: true, confidence: 0 });
      expect(answer.text).toContain("goes beyond that");
    },
  );
});

describe("the reader on cases that deny", () => {
  const denying = memoryLibrary({
    cases: Array.from({ length: 11 }, (_, index) => ({
      case: makeCase({ id: `${index}`, labels: { Tumor: "absent" } }),
      score: 0.9,
    })),
  });

  it("answers that what all deny is unlikely, shows it and cites them", async () => {
    const { answer } = await read({ text: "Is there a tumor?", library: denying });
    expect(answer.text).toMatch(
      /^Unlikely: tumor\. 11 of the 11 most similar cases say that Tumor is absent\./,
    );
    expect(answer).toMatchObject({ abstained: false, differential: [{ label: "Tumor" }] });
    expect(answer.confidence).toBeCloseTo(11.5 / 12, 9);
    expect(answer.citations).toHaveLength(11);
  });

  it("is not sure of what a single case knows and the others leave open", async () => {
    const one = { case: makeCase({ id: "one", labels: { Mass: "present", Tumor: "absent" } }), score: 0.9 };
    const others = await denying.findSimilarCases({ images: [], top: 11 });
    const library = memoryLibrary({ cases: [one, ...others.hits.slice(1)] });
    for (const options of [[], judgments]) {
      const { answer } = await read({ text: "Is there a mass?", options, library });
      expect(answer).toMatchObject({ abstained: true, choice: null });
      expect(answer.confidence).toBeCloseTo(0.75 / 11, 9);
    }
  });

  it("says so where nothing else is known, and shows no finding", async () => {
    const { answer } = await read({ text: "What is shown?", library: denying });
    expect(answer).toMatchObject({ abstained: true, differential: [] });
    expect(answer.text).toContain("only say what is absent");
  });
});

describe("the reader where every search fails", () => {
  it("does not say that the library holds nothing: the round fails", async () => {
    const fail = async () => Promise.reject(new Error("the disk is gone"));
    const { events } = await read({
      text: "Is there a pleural effusion?",
      library: { ...memoryLibrary({}), searchPassages: fail, findSimilarCases: fail },
    });
    expect(events.at(-1)).toMatchObject({ type: "round-end", outcome: "failed" });
    expect(eventsOf(events, "answer-final")).toEqual([]);
    expect(eventsOf(events, "failure").at(-1)?.failure.message).toMatch(/^Every search/);
  });
});

describe("the reader on a follow-up", () => {
  it("reads a question that names nothing with the one before it", async () => {
    const earlier = [{ question: "What is the earliest sign of an effusion?", answer: "Blunting." }];
    const { events } = await read({ text: "And what supports it?", earlier });
    const queries = eventsOf(events, "query-issued").map(({ query }) => query);
    expect(queries).toContain("earliest sign effusion");
  });
});
