import type { exportTrainingData } from "#assembly";
import { count } from "../../render/count.ts";
import { plain, type Terminal, wrap } from "../../terminal.ts";

type Manifest = Awaited<ReturnType<typeof exportTrainingData>>;

/** What was written, what was not, and what is to be known of it. */
export function renderExport(
  manifest: Manifest,
  { out, terminal }: { out: string; terminal: Terminal },
): string[] {
  const { files, difficulty, leftOut, rejected, masks, kind, leaks, split } = manifest;
  const lines = files.flatMap(({ name, rows }) =>
    rows === undefined ? [] : [`${out}/${name}: ${count(rows, "row")}`],
  );
  lines.push(
    `${count(manifest.rollouts, "rollout")} at ${count(manifest.questions, "question")}: ${difficulty.always} always right, ${difficulty.sometimes} sometimes, ${difficulty.never} never, ${difficulty.unknown} unknown.`,
  );
  if (kind !== "grpo")
    lines.push(`Masked, since the environment wrote it: ${(100 * masks.share).toFixed(1)} %.`);
  lines.push(...told("Not taken", leftOut), ...told("Kept apart in rejected.jsonl", rejected));
  if (split.overlap.images + split.overlap.groups > 0) {
    lines.push(
      `Warning: both splits have ${count(split.overlap.images, "image")} and ${count(split.overlap.groups, "group")} in common.`,
    );
  }
  for (const { set, touched, imagesTouched } of leaks) {
    lines.push(`Of ${plain(set)}, met: ${count(touched, "question")}, ${count(imagesTouched, "image")}.`);
  }
  if (leaks.length === 0)
    lines.push("No evaluation set was compared with; name those that you will score on: --against.");
  return lines.map((line) => wrap(line, terminal.width));
}

function told(what: string, counts: Readonly<Record<string, number>>): string[] {
  const entries = Object.entries(counts).map(([name, amount]) => `${name} ${amount}`);
  return entries.length === 0 ? [] : [`${what}: ${entries.join(", ")}.`];
}
