/**
 * The search for similar cases in memory, over made-up unit vectors: milliseconds a search, beside USearch's exact search of the same
 * vectors without a filter and without exclusions, and a plain loop that sorts, in the same run. Prints Markdown.
 *
 *   node --conditions=medrounds-source bench/cases-search.ts [cases] [dimensions]
 *
 * Each case has one of 20,000 patients, one of 20 labels and a place: one in a hundred is rare, one in two is common. Each question is
 * an image of its own and names a patient.
 */
import { exactSearch, MetricKind } from "usearch";
import { createRandom } from "#statistics";
import { fingerprintLength } from "../src/imaging/fingerprint.ts";
import type { CaseEntry } from "../src/imaging/similarity/case-entry.ts";
import { createCaseIndex } from "../src/imaging/similarity/case-index.ts";
import type { CaseSearchOptions, ImageQuery } from "../src/imaging/similarity/case-query.ts";
import { time } from "./measure.ts";

const count = Number(process.argv[2] ?? 100_000);
const dimension = Number(process.argv[3] ?? 128);
const top = 20;
const runs = 60;
const random = createRandom(11);

const side = Math.sqrt(fingerprintLength - 1);
const waves = 5;
const cosines = Float32Array.from({ length: waves * side }, (_, n) =>
  Math.cos((Math.floor(n / side) * Math.PI * ((n % side) + 0.5)) / side),
);

/** A vector in a direction that is uniform, nearly: each number is a sum of three that are. */
function unitVector(length: number): Float32Array {
  const values = Float32Array.from({ length }, () => random() + random() + random() - 1.5);
  const norm = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
  return values.map((value) => value / norm);
}

/** Of a picture that is smooth, as pictures are: waves of up to four half periods a side, the longer the stronger. */
function fingerprint(): Float32Array {
  const amplitudes = Array.from({ length: waves * waves }, (_, n) => {
    const steps = Math.floor(n / waves) + (n % waves);
    return steps === 0 ? 0 : (random() - 0.5) / steps;
  });
  const values = new Float32Array(fingerprintLength);
  let square = 0;
  for (let cell = 0; cell < side * side; cell++) {
    let value = 0;
    for (let n = 0; n < waves * waves; n++) {
      const [down, across] = [Math.floor(n / waves), n % waves];
      value +=
        (amplitudes[n] as number) *
        (cosines[down * side + Math.floor(cell / side)] as number) *
        (cosines[across * side + (cell % side)] as number);
    }
    values[cell] = value;
    square += value * value;
  }
  return values.map((value) => value / Math.sqrt(square));
}

function* entries(): Generator<CaseEntry> {
  for (let n = 0; n < count; n++) {
    const vector = unitVector(dimension);
    matrix.set(vector, n * dimension);
    yield {
      ...{ id: `case ${n}`, corpus: "made up", pixelHash: `${n}`, studyId: "", slideId: "" },
      patientId: `patient ${n % 20_000}`,
      labels: [`label ${n % 20}`],
      facets: { kind: "", modality: "", view: n % 2 ? "common" : "", organ: n % 100 ? "" : "rare" },
      ...{ fingerprint: fingerprint(), descriptor: vector, encoded: [] },
    };
  }
}

const matrix = new Float32Array(count * dimension);
const fit = {
  version: "none",
  dimension,
  project: (image: Pick<CaseEntry, "descriptor">) => image.descriptor,
};
const began = performance.now();
const index = await createCaseIndex({ entries: entries(), fit });
const seconds = (performance.now() - began) / 1_000;

const questions = Array.from({ length: 16 }, (_, n): ImageQuery => {
  const vector = unitVector(dimension);
  const patientIds = [`patient ${n}`];
  return {
    descriptor: vector,
    encoded: [],
    fingerprint: fingerprint(),
    pixelHash: `question ${n}`,
    patientIds,
  };
});
const question = (n: number) => questions[n % questions.length] as ImageQuery;
const search = (options: Partial<CaseSearchOptions>) => (n: number) =>
  index.search({ images: [question(n)], top, ...options });

function plainLoop(n: number) {
  const query = question(n).descriptor;
  const scores = Array.from({ length: count }, (_, position) => {
    let score = 0;
    for (let at = 0; at < dimension; at++) {
      score += (matrix[position * dimension + at] as number) * (query[at] as number);
    }
    return { position, score };
  });
  return scores.sort((a, b) => b.score - a.score).slice(0, top);
}

const work: [string, (n: number) => unknown][] = [
  [
    "USearch, exact search alone",
    (n) => exactSearch(matrix, question(n).descriptor, dimension, top, MetricKind.IP, 1),
  ],
  ["plain loop and sort", plainLoop],
  ["search, patient left out", search({})],
  ["… filter: half of the cases", search({ filter: { facets: { view: ["common"] } } })],
  ["… filter: one in a hundred", search({ filter: { facets: { organ: ["rare"] } } })],
  ["… filter: all but one label in 20", search({ filter: { withoutLabels: ["label 3"] } })],
  ["… diverse", search({ diverse: true })],
  ["… the best 1 of each of 20 labels", search({ perLabel: 1 })],
  [
    "… three views of one question",
    (n) => index.search({ images: [question(n), question(n + 1), question(n + 2)], top }),
  ],
  ["… what is left out, alone", (n) => index.select({ images: [question(n)] })],
];

console.log(`${count} cases × ${dimension} dimensions, top ${top}; read in ${seconds.toFixed(1)} s\n`);
console.log("| work | median, ms | 95th percentile, ms |\n| --- | ---: | ---: |");
for (const [name, run] of work) {
  const { median, high } = await time(run, { runs: name === "plain loop and sort" ? 8 : runs });
  console.log(`| ${name} | ${median.toFixed(2)} | ${high.toFixed(2)} |`);
}
