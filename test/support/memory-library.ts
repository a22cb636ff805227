import type { Case, Exclusions, LabelStatus, Passage } from "../../src/contracts/index.ts";
import type { LibraryPort } from "../../src/reasoning/index.ts";
import { terms } from "../../src/text/index.ts";

/** A passage of which only what the test speaks of is given. */
export function makePassage(given: {
  id: string;
  text: string;
  title?: string;
  headings?: string[];
}): Passage {
  const { id, text, title = "Notes", headings = [] } = given;
  const source = { file: "notes.md", document: "notes", start: 0, end: text.length };
  return { id, corpus: "test", title, headings, text, source, metadata: {} };
}

/** A case of which only what the test speaks of is given. */
export function makeCase(given: {
  id: string;
  labels?: Record<string, LabelStatus>;
  patientId?: string;
  slideId?: string;
}): Case {
  const { id, labels = {}, ...identity } = given;
  const image = `${id}.png`;
  const named = Object.entries(labels).map(([name, status]) => ({ name, status }));
  const size = { width: 8, height: 8 };
  return {
    id,
    corpus: "test",
    image,
    ...size,
    labels: named,
    text: "",
    notes: [],
    metadata: {},
    ...identity,
  };
}

const nothingExcluded: Exclusions = { sameImage: 0, samePatient: 0, sameSlide: 0 };

/** A library in memory: passages by the number of terms that they share with the query, cases as they are given, best first. */
export function memoryLibrary(content: {
  passages?: readonly Passage[];
  cases?: readonly { case: Case; score: number }[];
}): LibraryPort {
  const { passages = [], cases = [] } = content;
  return {
    servers: { search_passages: [], find_similar_cases: [] },
    async searchPassages({ query, top }) {
      const wanted = new Set(terms(query));
      const hits = passages
        .map((passage) => {
          const present = new Set(terms([passage.title, ...passage.headings, passage.text].join(" ")));
          return { passage, score: wanted.intersection(present).size };
        })
        .filter(({ score }) => score > 0)
        .sort((a, b) => b.score - a.score)
        .slice(0, top);
      return { hits, searched: passages.length };
    },
    async findSimilarCases({ top }) {
      return { hits: cases.slice(0, top), searched: cases.length, excluded: nothingExcluded };
    },
  };
}
