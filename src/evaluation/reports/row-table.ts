import type { ReportIndex } from "#contracts";
import type { SampleRecord, ScoredSample } from "../answers/answer.ts";
import type { RunSample } from "../runner/run-samples.ts";
import { sayGold } from "./gold-words.ts";
import { stateNumber, stateOf } from "./task-state.ts";

const questionLength = 200;
const saidLength = 160;

type Mutable<Type> = {
  -readonly [Key in keyof Type]: Type[Key] extends readonly (infer Item)[] ? Item[] : never;
};

/** Samples and tasks in columns, as they come, of one run or of several. */
export type SampleTable = ReturnType<typeof openTable>;

export function openTable() {
  const columns: Mutable<ReportIndex["samples"]> = {
    ...{ ids: [], sourceIds: [], dataSets: [], questions: [], golds: [], tags: [], images: [] },
  };
  const rows: Mutable<ReportIndex["rows"]> = {
    ...{ arm: [], sample: [], repeat: [], state: [], rung: [], said: [] },
    ...{ correct: [], confidence: [], milliseconds: [], place: [] },
  };
  const arms: string[] = [];
  const places = new Map<string, { number: number; sample: RunSample }>();
  const images = new Map<string, number>();
  const imagePlace = (sha256: string) => {
    const place = images.get(sha256) ?? images.size;
    images.set(sha256, place);
    return place;
  };
  return {
    imagePlace,
    /** Those that an earlier run has asked are the same ones. */
    addSamples(dataSet: string, samples: readonly RunSample[]) {
      for (const sample of samples) {
        const key = `${dataSet} ${sample.id}`;
        if (places.has(key)) continue;
        places.set(key, { number: columns.ids.length, sample });
        columns.ids.push(sample.id);
        columns.sourceIds.push(sample.sourceId);
        columns.dataSets.push(dataSet);
        columns.questions.push(excerpt(sample.question, questionLength));
        columns.golds.push(excerpt(sayGold(sample.gold, sample.options), saidLength));
        columns.tags.push(sample.tags);
        columns.images.push(sample.images.map(({ sha256 }) => imagePlace(sha256)));
      }
    },
    /** The number of the first of them in rows. */
    addArms: (names: readonly string[]) => arms.push(...names) - names.length,
    find: (dataSet: string, sample: string) => places.get(`${dataSet} ${sample}`),
    add(row: { arm: number; place: number; record: SampleRecord; one: ScoredSample; said: string }) {
      const { arm, place, record, one, said } = row;
      rows.place.push(rows.arm.length);
      rows.arm.push(arm);
      rows.sample.push(place);
      rows.repeat.push(record.repeat);
      rows.state.push(stateNumber(stateOf(one)));
      rows.rung.push(one.extraction?.state === "parsed" ? one.extraction.rung : "");
      rows.said.push(excerpt(said, saidLength));
      rows.correct.push(one.correct);
      rows.confidence.push(one.answer?.confidence ?? null);
      rows.milliseconds.push(Math.round(record.milliseconds));
    },
    /** Arm by arm and in the order of the data sets, whatever the order in which they came; images are SHA-256 in the order of their places. */
    close: () => ({ samples: columns, arms, rows: inOrder(rows), images: [...images.keys()] }),
  };
}

function inOrder(rows: ReportIndex["rows"]): ReportIndex["rows"] {
  const order = Uint32Array.from(rows.arm.keys()).sort(
    (one, other) =>
      rows.arm[one]! - rows.arm[other]! ||
      rows.sample[one]! - rows.sample[other]! ||
      rows.repeat[one]! - rows.repeat[other]!,
  );
  const take = <Value>(column: readonly Value[]) => Array.from(order, (row) => column[row]!);
  return {
    ...{ arm: take(rows.arm), sample: take(rows.sample), repeat: take(rows.repeat) },
    ...{ state: take(rows.state), rung: take(rows.rung), said: take(rows.said) },
    ...{ correct: take(rows.correct), confidence: take(rows.confidence) },
    ...{ milliseconds: take(rows.milliseconds), place: take(rows.place) },
  };
}

/** On one line, and never half of a surrogate pair. */
function excerpt(text: string, length: number): string {
  const line = text
    .slice(0, length + 1)
    .replace(/\s+/g, " ")
    .trim();
  return text.length > length ? `${line.slice(0, length).replace(/[\uD800-\uDBFF]$/, "")}…` : line;
}
