import { describe, expect, it } from "vitest";
import { type Answer, type Question, type RoundEvent, roundEventSchema } from "#contracts";
import { parseTranscript } from "#transcript";
import { makeCase, makePassage, memoryLibrary } from "../../../../test/support/memory-library.ts";
import {
  answerOf,
  collectEvents,
  endOf,
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
    text: "Fluid collects in the pleural space.\nBlunting of the costophrenic angle is the earliest sign of a pleural effusion.",
  }),
  makePassage({
    id: "cardiomegaly",
    title: "Cardiomegaly",
    text: "In cardiomegaly the cardiothoracic ratio is above one half on a frontal view.",
  }),
];
const cases = [
  { case: makeCase({ id: "one", labels: { "Pleural effusion": "present" } }), score: 0.95 },
  { case: makeCase({ id: "two", labels: { "Pleural effusion": "present" } }), score: 0.94 },
  { case: makeCase({ id: "three", labels: { "Pleural effusion": "present" } }), score: 0.93 },
  { case: makeCase({ id: "four", labels: { Cardiomegaly: "present" } }), score: 0.92 },
];

const effusionOptions = [
  { label: "A", text: "Cardiomegaly" },
  { label: "B", text: "Pleural effusion" },
];

const judgments = [
  { label: "A", text: "Yes" },
  { label: "B", text: "No" },
];

async function read(
  given: Partial<Question> & { views?: number; library?: LibraryPort; threshold?: number },
): Promise<{ events: RoundEvent[]; answer: Answer }> {
  const { views = 0, library = memoryLibrary({ passages, cases }), threshold = 0.4, ...question } = given;
  const images = Array.from({ length: views }, (_, index) => {
    return { ...makeImage(`view-${index + 1}.png`), width: 64, height: 64 };
  });
  const request = makeRequest({ policy: reader, question, images, library, confidenceThreshold: threshold });
  const events = await collectEvents(runRound(request));
  for (const event of events) roundEventSchema.parse(event);
  expect(parseTranscript(endOf(events).transcript).problems).toEqual([]);
  const answer = answerOf(events);
  expectExactCitations(events, answer);
  return { events, answer };
}

/** Every citation points to evidence of the round, quotes it exactly, and its claim stands in the answer. */
function expectExactCitations(events: readonly RoundEvent[], answer: Answer) {
  const evidence = events.flatMap((event) => ("evidence" in event ? event.evidence : []));
  for (const citation of answer.citations) {
    const cited = evidence.find(({ number }) => number === citation.evidence);
    expect(cited).toBeDefined();
    expect(answer.text).toContain(citation.claim);
    if (cited?.type === "passage") {
      expect(cited.passage.text.slice(citation.start ?? -1, citation.end ?? -1)).toBe(citation.quote);
      expect(citation.quote?.length).toBeGreaterThan(0);
    } else {
      expect(citation).toMatchObject({ quote: null, start: null, end: null });
    }
  }
}

function queriesOf(events: readonly RoundEvent[]): string[][] {
  return eventsOf(events, "query-issued").map(({ tool, query }) => [tool, query]);
}

describe("the reader on an image and a question", () => {
  it("looks for cases, then by the question, then by each leading finding, and cites both kinds", async () => {
    const { events, answer } = await read({ views: 1, text: "Why is the costophrenic angle blunted?" });
    expect(queriesOf(events)).toEqual([
      ["find_similar_cases", "all images"],
      ["search_passages", "costophrenic angle blunted"],
      ["search_passages", "Pleural effusion"],
      ["search_passages", "Cardiomegaly"],
    ]);
    expect(answer.text).toMatch(/^Most consistent with pleural effusion\. 3 of the 4 most similar cases/);
    expect(answer.abstained).toBe(false);
    expect(answer.confidence).toBe(answer.differential[0]?.probability);
    expect(answer.citations.some(({ quote }) => quote !== null)).toBe(true);
    expect(answer.citations.some(({ quote }) => quote === null)).toBe(true);
  });

  it("answers nothing else where it is asked for a finding that no similar case is labeled with", async () => {
    const { answer } = await read({ views: 1, text: "Is there a pericardial cyst?" });
    expect(answer.text).toMatch(
      /^None of the 4 most similar cases carries a label of what is asked \(pericardial cyst\)/,
    );
    expect(answer).toMatchObject({ abstained: true, confidence: 0 });
  });

  it("answers that an asked finding is unlikely where few cases carry it", async () => {
    const many = [...cases, { case: makeCase({ id: "five", labels: { Mass: "present" } }), score: 0.91 }];
    const { answer } = await read({
      views: 1,
      text: "Is there cardiomegaly?",
      library: memoryLibrary({ passages, cases: many }),
    });
    expect(answer.text).toMatch(/^Unlikely: cardiomegaly\./);
    const entry = answer.differential.find(({ label }) => label === "Cardiomegaly");
    expect(answer.confidence).toBeCloseTo(1 - (entry?.probability ?? 1), 10);
  });

  it("says plainly that no language model was used", async () => {
    const { events } = await read({ views: 1, text: "What is shown?" });
    expect(events[0]).toMatchObject({
      model: { policy: "reader", name: null, endpoint: null },
    });
    expect(reader.identity.description).toContain("no language model was used");
    expect(endOf(events).transcript.text).toContain("without a language model");
    expect(eventsOf(events, "data-sent")).toEqual([]);
  });

  it("tells a search for cases that fails", async () => {
    const library: LibraryPort = {
      ...memoryLibrary({ passages }),
      findSimilarCases: async () => Promise.reject(new Error("the table is gone")),
    };
    const { events } = await read({ views: 1, text: "Is there a pleural effusion?", library });
    expect(eventsOf(events, "failure")).toMatchObject([{ step: 0, failure: { code: "tool-failed" } }]);
  });

  it("says of a negated question what is there, not yes or no", async () => {
    const { answer } = await read({ views: 1, text: "Is there no pleural effusion?" });
    expect(answer.text).toMatch(/^Most consistent with pleural effusion\./);
  });

  it("answers whether an image is normal by the label that nothing was found", async () => {
    const normal = cases.map((item, index) => ({
      ...item,
      case: makeCase({
        id: `${index}`,
        labels: index === 0 ? { "No Finding": "present" } : { Mass: "present" },
      }),
    }));
    const { answer } = await read({
      views: 1,
      text: "Is it normal?",
      library: memoryLibrary({ cases: [...normal, ...normal.map((item) => ({ ...item, score: 0.9 }))] }),
    });
    expect(answer.text).toMatch(/^(Unlikely: no finding|The evidence does not decide whether no finding)/);
  });
});

describe("the reader on images alone", () => {
  it("looks up the leading findings", async () => {
    const { events, answer } = await read({ views: 1 });
    expect(queriesOf(events)).toEqual([
      ["find_similar_cases", "all images"],
      ["search_passages", "Pleural effusion"],
      ["search_passages", "Cardiomegaly"],
    ]);
    expect(answer.text).toMatch(/^Most consistent with pleural effusion/);
  });

  it("takes several as one question", async () => {
    const { events } = await read({ views: 2 });
    expect(eventsOf(events, "image-inspected").map(({ image, name }) => [image, name])).toEqual([
      [1, "view-1.png"],
      [2, "view-2.png"],
    ]);
    expect(eventsOf(events, "cases-retrieved")).toHaveLength(1);
    expect(eventsOf(events, "thought-delta")[0]?.text).toContain("2 images");
  });

  it("abstains where the similar cases carry no labels, and says so", async () => {
    const library = memoryLibrary({ cases: [{ case: makeCase({ id: "bare" }), score: 0.9 }] });
    const { answer } = await read({ views: 1, library });
    expect(answer).toMatchObject({ abstained: true, confidence: 0, differential: [] });
    expect(answer.text).toContain("carry no labels");
  });
});

describe("the reader on a question alone", () => {
  it("answers with sentences of the library and never looks for cases", async () => {
    const { events, answer } = await read({ text: "What is the earliest sign of a pleural effusion?" });
    expect(queriesOf(events)).toEqual([["search_passages", "earliest sign pleural effusion"]]);
    expect(answer.text).toMatch(
      /^Blunting of the costophrenic angle is the earliest sign of a pleural effusion\. \[1\]/,
    );
    expect(answer).toMatchObject({ abstained: false, choice: null, differential: [] });
    expect(endOf(events).outcome).toBe("answered");
  });

  it.each([0.4, 0])(
    "abstains where nothing is found, and says so, at a threshold of %d",
    async (threshold) => {
      const { events, answer } = await read({ text: "Does aspirin thin the blood?", threshold });
      expect(answer).toMatchObject({ abstained: true, choice: null, confidence: 0, citations: [] });
      expect(answer.text).toBe("The library holds nothing on this question.");
      expect(endOf(events).outcome).toBe("abstained");
    },
  );

  it("does not search where the question only asks", async () => {
    const { events, answer } = await read({ text: "What does it show?" });
    expect(queriesOf(events)).toEqual([]);
    expect(answer.abstained).toBe(true);
  });
});

describe("the reader with options", () => {
  const options = effusionOptions;

  it("looks up each option and chooses by the cases", async () => {
    const { events, answer } = await read({ views: 1, text: "Which finding is present?", options });
    expect(queriesOf(events).slice(1)).toEqual([
      ["search_passages", "Cardiomegaly"],
      ["search_passages", "Pleural effusion"],
    ]);
    expect(answer).toMatchObject({ choice: "B", abstained: false });
    expect(answer.text).toMatch(/^B\. Pleural effusion\. 3 of the 4 most similar cases carry the label/);
    expect(answer.differential.map(({ label }) => label)).toEqual(["A", "B"]);
    expect(answer.confidence).toBe(answer.differential[1]?.probability);
  });

  it("looks up each option in the light of the question where an image is to be judged, and by itself where not", async () => {
    const text = "Which one raises the cardiothoracic ratio?";
    const { events: withImage } = await read({ views: 1, text, options });
    expect(queriesOf(withImage).at(-1)).toEqual([
      "search_passages",
      "Pleural effusion one raises cardiothoracic ratio",
    ]);
    const { events: without } = await read({ text, options });
    expect(queriesOf(without).at(-1)).toEqual(["search_passages", "Pleural effusion"]);
  });

  it("chooses by the passages where there is no image", async () => {
    const { answer } = await read({ text: "Which one raises the cardiothoracic ratio?", options });
    expect(answer).toMatchObject({ choice: "A", abstained: false });
    expect(answer.citations[0]?.quote).toContain("cardiothoracic ratio");
  });

  it("cites the cases behind a yes or no", async () => {
    const { answer } = await read({
      views: 1,
      text: "Is there a pleural effusion?",
      options: judgments,
    });
    expect(answer).toMatchObject({ choice: "A", abstained: false });
    expect(answer.citations.filter(({ quote }) => quote === null)).toHaveLength(3);
    expect(answer.citations.some(({ quote }) => quote?.includes("costophrenic"))).toBe(true);
  });

  it("cites the cases where an option's words only contain the label", async () => {
    const { answer } = await read({
      views: 1,
      text: "Which finding is present?",
      options: [
        { label: "A", text: "Fracture of a rib" },
        { label: "B", text: "Left pleural effusion" },
      ],
    });
    expect(answer.choice).toBe("B");
    expect(answer.text).toContain("carry the label Pleural effusion. [1][2][3]");
  });

  it("abstains below the threshold: no choice, and its confidence is shown", async () => {
    const { events, answer } = await read({ views: 1, text: "Which?", options, threshold: 0.99 });
    expect(answer).toMatchObject({ choice: null, abstained: true });
    expect(answer.confidence).toBeGreaterThan(0.5);
    expect(answer.text).toContain("does not decide between B (Pleural effusion) and A (Cardiomegaly)");
    expect(endOf(events).outcome).toBe("abstained");
  });

  it("abstains near chance, even at a threshold of 0", async () => {
    const { answer } = await read({
      text: "Which drug lowers blood pressure?",
      options: [
        { label: "A", text: "Lisinopril" },
        { label: "B", text: "Warfarin" },
      ],
      threshold: 0,
    });
    expect(answer).toMatchObject({ choice: null, abstained: true, confidence: 0.5 });
    expect(answer.text).toBe("The library holds nothing on this question.");
  });
});
