import type { Option } from "#contracts";
import type { ExportedRollout } from "../../exports/rollout-schema.ts";
import { goldLabel, goldTexts } from "../../rewards/gold.ts";
import { readTrajectory } from "../../rewards/read-trajectory.ts";
import { keptApart, type Made } from "../made-row.ts";
import { splitOf } from "../split-of.ts";
import { isMasked } from "../steps/report.ts";
import type { ReasoningRow } from "./reasoning-row.ts";

const reportQuestion = "What is the impression of this report's findings?";

/** A row for the second of two stages, the summarizer, of a report: of its steps, which the report bears, to its impression. */
export function summarizeReport(row: ReasoningRow): Made {
  const { id, impression, reasoning, patient_id: patient, license } = row;
  if (impression === "") return keptApart(id, "no-impression", "The report has no impression.");
  if (isMasked(impression))
    return keptApart(id, "masked", "De-identification took words out of the impression.");
  return made({
    ...{
      id,
      group: patient === "" ? id : patient,
      patient,
      license,
      images: row.image_sha256 === null ? [] : [row.image_sha256],
    },
    ...{
      files: row.image_filename === null ? [] : [row.image_filename],
      question: reportQuestion,
      reasoning,
    },
    ...{ judgement: "sound", answer: impression },
  });
}

/**
 * A row for the summarizer of a rollout: its thoughts, judged by the answer that they led to, as Insight-V's filter does, and the right
 * answer, also where the thoughts were flawed: so it learns not to follow them.
 */
export function summarizeRollout(rollout: ExportedRollout): Made {
  const { id, question, transcript, correct } = rollout;
  const answer = rightAnswer(question);
  if (correct === null || answer === null)
    return keptApart(id, "answer-unknown", "Nobody knows what is right.");
  const { thoughts } = readTrajectory({
    ...{ id, transcript, question: question.text, options: question.options, gold: question.gold },
    ...{ retrieved: [], images: question.images.length, measured: {} },
  });
  const reasoning = thoughts
    .map((thought) => thought.trim())
    .filter(Boolean)
    .join("\n\n");
  if (reasoning === "") return keptApart(id, "no-thought", "The transcript has no thought.");
  return made({
    ...{ id, group: question.group, patient: question.group, license: question.license },
    images: question.images.flatMap(({ sha256, sourceSha256 }) => [sha256, sourceSha256]),
    files: question.images.map(({ file }) => file),
    ...{ question: [question.text, ...question.options.map(sayOption)].join("\n"), reasoning },
    ...{ judgement: correct === 1 ? "sound" : "flawed", answer },
  });
}

function rightAnswer({ options, gold }: ExportedRollout["question"]): string | null {
  const label = goldLabel({ options, gold });
  const option = options.find((one) => one.label === label);
  return option ? sayOption(option) : (goldTexts({ options, gold })[0] ?? null);
}

function sayOption({ label, text }: Option): string {
  return `${label}. ${text}`;
}

function made(row: {
  id: string;
  group: string;
  patient: string;
  license: string;
  images: readonly string[];
  files: readonly string[];
  question: string;
  reasoning: string;
  judgement: "sound" | "flawed";
  answer: string;
}): Made {
  const { id, group, patient, license, images, files, question, reasoning, judgement, answer } = row;
  const fields = {
    id,
    images: files,
    question,
    reasoning,
    judgement,
    answer,
    split: splitOf(group),
    group,
    license,
  };
  return {
    rows: [{ id, license, patient, images, texts: [question, reasoning, answer], fields }],
    failures: [],
  };
}
