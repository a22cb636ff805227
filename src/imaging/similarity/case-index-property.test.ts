import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CaseEntry } from "./case-entry.ts";
import { createCaseIndex } from "./case-index.ts";
import type { CaseSearchOptions, ImageQuery } from "./case-query.ts";
import { caseAt, fitByHand, queryAt } from "./test-cases.ts";

const dimension = 4;
const fit = fitByHand(dimension);

// Cosines of these are exact, and many are the same.
const vectors = fc
  .array(fc.constantFrom(0.5, -0.5), { minLength: dimension, maxLength: dimension })
  .map((values) => Float32Array.from(values));
const someId = fc.constantFrom("", "", "p", "q", "r");
const labels = fc.uniqueArray(fc.constantFrom("a", "b", "c"), { maxLength: 3 });

const cases = fc
  .array(
    fc.record({
      ...{ vector: vectors, patientId: someId, studyId: someId, slideId: someId, labels },
      corpus: fc.constantFrom("x", "y"),
      view: fc.constantFrom("", "pa", "ap"),
      picture: fc.constantFrom("one", "two", undefined),
    }),
    { maxLength: 14 },
  )
  .map((some) =>
    some.map(({ view, picture, ...given }, n) => {
      const id = `case ${n}`;
      const facets = { kind: "", modality: "", view, organ: "" };
      return caseAt(id, { ...given, facets, picture: picture ?? id });
    }),
  );

const queries = fc.array(
  fc
    .record({
      ...{
        vector: vectors,
        patientIds: fc.array(someId, { maxLength: 2 }),
        studyId: someId,
        slideId: someId,
      },
      picture: fc.constantFrom("one", "of the question"),
    })
    .map(queryAt),
  { minLength: 1, maxLength: 3 },
);

const options = fc.record({
  top: fc.integer({ min: 1, max: 6 }),
  perLabel: fc.constantFrom(undefined, 1, 2),
  samePatient: fc.constantFrom(undefined, 1, 9),
  diverse: fc.constantFrom(undefined, 0.9),
  filter: fc.record({
    facets: fc.record({ view: fc.constantFrom(undefined, ["pa"], ["ap", "lateral"]) }),
    labels: fc.constantFrom(undefined, ["b", "a"], ["c", "d"]),
    withoutLabels: fc.constantFrom(undefined, ["c"]),
    corpora: fc.constantFrom(undefined, ["Y"]),
  }),
});

const share = (a: readonly string[], b: readonly string[]) => a.some((one) => one !== "" && b.includes(one));

/** What the index must give, in plain words of JavaScript. */
function searchPlainly(
  entries: readonly CaseEntry[],
  images: readonly ImageQuery[],
  asked: CaseSearchOptions,
) {
  const { top, perLabel = 0, samePatient = 0, diverse, filter = {} } = asked;
  const { facets, labels: wanted, withoutLabels = [], corpora } = filter;
  const passing = entries.filter(
    (entry) =>
      (!facets?.view || facets.view.includes(entry.facets.view)) &&
      (!wanted || share(entry.labels, wanted)) &&
      !share(entry.labels, withoutLabels ?? []) &&
      (!corpora || corpora.some((corpus) => corpus.toLowerCase() === entry.corpus)),
  );
  const pictures = images.map(({ pixelHash }) => pixelHash);
  const itself = entries.filter(({ pixelHash }) => pictures.includes(pixelHash));
  const studies = [...itself.map(({ studyId }) => studyId), ...images.map(({ studyId = "" }) => studyId)];
  const slides = [...itself.map(({ slideId }) => slideId), ...images.map(({ slideId = "" }) => slideId)];
  const ofSource = entries.filter(
    ({ studyId, slideId }) => share([studyId], studies) || share([slideId], slides),
  );
  const named = images.flatMap(({ patientIds = [] }) => patientIds);
  const patients = [...named, ...[...itself, ...ofSource].map(({ patientId }) => patientId)];
  const reasonOf = (entry: CaseEntry) => {
    if (itself.includes(entry)) return "sameImage";
    if (share([entry.patientId], patients) || share([entry.studyId], studies)) return "samePatient";
    return share([entry.slideId], slides) ? "sameSlide" : "none";
  };
  const cosine = (a: Float32Array, b: Float32Array) =>
    a.reduce((sum, value, n) => sum + value * (b[n] ?? 0), 0);
  const scored = passing
    .map((entry) => {
      const vector = fit.project(entry);
      const score = Math.max(...images.map((image) => cosine(fit.project(image), vector)));
      return { entry, vector, score, reason: reasonOf(entry) };
    })
    .sort((a, b) => b.score - a.score || (a.entry.id < b.entry.id ? -1 : 1));
  const isAlike = (a: (typeof scored)[number], b: (typeof scored)[number]) =>
    cosine(a.vector, b.vector) >= Number(diverse) ||
    share([a.entry.patientId], [b.entry.patientId]) ||
    share([a.entry.studyId], [b.entry.studyId]) ||
    share([a.entry.slideId], [b.entry.slideId]) ||
    a.entry.pixelHash === b.entry.pixelHash;
  const take = (ranked: typeof scored, count: number) => {
    const taken: typeof scored = [];
    for (const one of ranked) {
      if (taken.length === count) break;
      if (diverse === undefined || !taken.some((other) => isAlike(one, other))) taken.push(one);
    }
    return taken.map(({ entry, score }) => [entry.id, score]);
  };
  const left = scored.filter(({ reason }) => reason === "none");
  const known = ["a", "b", "c"].filter((label) => passing.some((entry) => entry.labels.includes(label)));
  const shown = perLabel === 0 ? [] : (wanted ?? known);
  const lane = scored.filter(({ reason }) => reason === "samePatient");
  const count = (reason: string) => scored.filter((one) => one.reason === reason).length;
  return {
    hits: take(left, top),
    byLabel: shown.map((label) => {
      return [
        label,
        take(
          left.filter(({ entry }) => entry.labels.includes(label)),
          perLabel,
        ),
      ];
    }),
    samePatient: lane.slice(0, samePatient).map(({ entry, score }) => [entry.id, score]),
    excluded: {
      ...{ sameImage: count("sameImage"), nearIdentical: 0 },
      ...{ samePatient: count("samePatient"), sameSlide: count("sameSlide") },
    },
    searched: left.length,
  };
}

describe("the index of cases", () => {
  it("finds what comparing all cases one by one finds, whatever is asked for", async () => {
    await fc.assert(
      fc.asyncProperty(cases, queries, options, async (entries, images, asked) => {
        const index = await createCaseIndex({ entries, fit });
        const found = index.search({ images, ...asked });
        const short = (hits: readonly { id: string; score: number }[]) =>
          hits.map(({ id, score }) => [id, score]);
        const byLabel = found.byLabel.map(({ label, hits }) => [label, short(hits)]);
        expect({
          ...{ hits: short(found.hits), byLabel, samePatient: short(found.samePatient) },
          ...{ excluded: found.excluded, searched: found.searched },
        }).toEqual(searchPlainly(entries, images, asked));
        const tooShort = found.byLabel.filter(({ hits }) => hits.length < (asked.perLabel ?? 0));
        expect(found.shortOf).toEqual(tooShort.map(({ label, hits }) => ({ label, found: hits.length })));
      }),
      { numRuns: 300 },
    );
  });
});
