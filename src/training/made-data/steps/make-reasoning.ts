import { z } from "zod";
import { askForJson, type MakingModel } from "../ask-for-json.ts";
import { keptApart, type Made, type MadeFailure, type MadeImage, type MadeRow } from "../made-row.ts";
import type { MakingPrompt } from "../making-prompt.ts";
import { checkSteps } from "./check-steps.ts";
import { quoteSteps } from "./quote-steps.ts";
import type { Report } from "./report.ts";
import { renderSteps, type Step } from "./step.ts";

/** Who writes the steps: a chat model, or nobody, when the report's own sentences are the steps. */
export type StepWriter = { type: "quotes" } | ({ type: "model"; prompt: MakingPrompt } & MakingModel);

const fewestSteps = 2;
const mostSteps = 12;
const replySchema = z.object({
  steps: z
    .array(z.object({ title: z.string().trim().min(1).max(120), text: z.string().trim().min(1).max(1_000) }))
    .min(1)
    .max(mostSteps),
});

/**
 * Stepwise reasoning of a report's findings, as a row of cxr-10k-reasoning: the impression is not shown to who writes it, since a summarizer
 * is to find it. Steps that the report does not bear are kept apart, and the whole with them where fewer than two are left.
 * Rejects as `askForJson` does.
 */
export async function makeReasoning(
  report: Report,
  { writer, image = null }: { writer: StepWriter; image?: MadeImage | null },
): Promise<Made> {
  const { id, findings, impression, license, patient } = report;
  if (findings === "") return keptApart(id, "no-findings", "The report has no findings.");
  const written = await writeSteps(report, { writer, images: image ? [image.sha256] : [] });
  if ("reason" in written) return keptApart(id, written.reason, written.message);
  const { faults, coverage } = checkSteps(written.steps, findings);
  const steps = written.steps.filter((_, index) => faults[index] === null);
  const failures: MadeFailure[] = [
    ...written.masked.map((part) => ({
      ...{ id, reason: "masked", part },
      message: "De-identification took words out of this sentence.",
    })),
    ...written.steps.flatMap(({ title, text }, index) => {
      const fault = faults[index];
      return fault ? [{ id, ...fault, part: `${title}\n${text}` }] : [];
    }),
  ];
  if (steps.length < fewestSteps) {
    const message = `${steps.length} of ${written.steps.length} steps can be used; a chain has at least ${fewestSteps}.`;
    return { rows: [], failures: [...failures, { id, reason: "too-few-steps", message }] };
  }
  const reasoning = renderSteps(steps);
  const row: MadeRow = {
    ...{
      id,
      license,
      patient,
      images: image ? [image.sha256] : [],
      texts: [reasoning, findings, impression],
    },
    fields: {
      ...{ id, image_filename: image?.name ?? null, image_sha256: image?.sha256 ?? null },
      ...{ findings, impression, reasoning },
      ...{ written_by: writer.type, coverage: Math.round(coverage * 1_000) / 1_000 },
      ...{ patient_id: patient, license },
    },
  };
  return { rows: [row], failures };
}

async function writeSteps(
  report: Report,
  { writer, images }: { writer: StepWriter; images: readonly string[] },
): Promise<{ steps: Step[]; masked: string[] } | { reason: string; message: string }> {
  if (writer.type === "quotes") return quoteSteps(report);
  const { prompt } = writer;
  const asked = { prompt, fields: { findings: report.findings }, images, reply: replySchema };
  const given = await askForJson(writer, asked);
  return "reply" in given ? { steps: given.reply.steps, masked: [] } : given;
}

/** The columns of cxr-10k-reasoning, in its order; text as RFC 4180 quotes it. */
export const cxrTable = {
  name: "reasoning.csv",
  header: "image_filename,findings,impression,reasoning",
  line({ fields }: Pick<MadeRow, "fields">): string {
    const { image_filename: name, findings, impression, reasoning } = fields;
    return [name ?? "", findings, impression, reasoning].map(quoted).join(",");
  },
};

function quoted(value: unknown): string {
  return `"${String(value).replaceAll('"', '""')}"`;
}
