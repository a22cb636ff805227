import { z } from "zod";
import { MedRoundsError } from "#contracts";
import { canonicalJson, checkYaml, sayFlaw, sha256 } from "#platform";

/** What a judge may be shown. */
export const judgedFields = ["question", "answer", "evidence", "reference", "statements"] as const;
export type JudgedFields = Readonly<Partial<Record<(typeof judgedFields)[number], string>>>;

const shown = z.strictObject(
  Object.fromEntries(judgedFields.map((field) => [field, z.string().min(1).optional()])),
);

const header = z
  .strictObject({
    name: z.string().regex(/^[a-z][a-z\d-]{0,39}$/, "it must be small letters, digits and hyphens"),
    title: z.string().min(1).max(100),
    /** One verdict of a menu, or what RAGAS's metrics are put together from. */
    asks: z.enum(["verdict", "statements", "verdicts", "questions"]),
    reads: z.array(z.enum(judgedFields)).min(1),
    /** Whether the question's images are shown, too, to a model that takes images; the two cases have none. */
    images: z.boolean().optional(),
    /** What each verdict counts, 0 to 1; 1 is best, so that the polarity is declared. */
    verdicts: z.record(z.string().min(1).max(40), z.number().min(0).max(1)).optional(),
    /** Only questions with such right answers. */
    golds: z.array(z.enum(["option", "text", "report", "rows", "unanswerable"])).optional(),
    /** Two cases whose order is beyond doubt: a judge that does not tell them apart is not used. */
    calibration: z.strictObject({ better: shown, worse: shown }).optional(),
  })
  .refine(({ asks, verdicts = {} }) => asks !== "verdict" || new Set(Object.values(verdicts)).size > 1, {
    path: ["verdicts"],
    message: "it must name at least two verdicts that count differently",
  })
  .refine(({ asks, calibration }) => !asks.startsWith("verdict") || calibration !== undefined, {
    path: ["calibration"],
    message: "a judge needs a better and a worse case to be checked by",
  });

/** How a judge is asked: the head and the text of a Markdown file. `hash` (SHA-256) changes with every change that counts. */
export type JudgePrompt = Readonly<z.infer<typeof header>> & { system: string; hash: string };

const frontMatter = /^---\r?\n([\s\S]*?)\r?\n---\r?\n/;

/**
 * A judge's prompt from its file: YAML between two lines of three hyphens, and below it what the judge is told, in Markdown.
 *
 * @throws MedRoundsError `judge-invalid`, naming line and key
 */
export function parseJudgePrompt(text: string, file: string): JudgePrompt {
  const head = frontMatter.exec(text);
  if (!head) throw invalid(`${file} does not begin with a head between two lines of ---.`, file);
  const checked = checkYaml(head[1]!, header);
  if (!checked.success) {
    const flaw = { ...checked.flaw, line: checked.flaw.line + 1 };
    throw invalid(sayFlaw(file, flaw), file);
  }
  const system = text.slice(head[0].length).replace(/\r\n/g, "\n").trim();
  if (system === "") throw invalid(`${file} tells the judge nothing.`, file);
  return { ...checked.value, system, hash: sha256(canonicalJson({ ...checked.value, system })) };
}

function invalid(message: string, file: string): MedRoundsError {
  return new MedRoundsError("judge-invalid", message, { path: file });
}
