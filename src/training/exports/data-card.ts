import { medicalNotice } from "#contracts";
import type { ExportManifest } from "./manifest.ts";

/** The README.md of an export: what it is, of what, what was kept apart, and how its engine reads it. */
export function dataCard(manifest: ExportManifest, guide: string): string {
  const { engine, kind, files, dataSets, leftOut, rejected, masks, leaks, split, selection } = manifest;
  const rows = files.filter((file) => file.rows !== undefined);
  const lines = [
    `# Training data for ${engine} (${kind})`,
    "",
    `> ${medicalNotice}`,
    "",
    `Made by MedRounds ${manifest.generator.version} of ${counted(manifest.rollouts, "rollout")} at ${counted(manifest.questions, "question")}. \`manifest.json\` holds the same, and the hashes.`,
    "",
    ...table(
      ["File", "Split", "Rows"],
      rows.map((file) => [file.name, file.split ?? "", String(file.rows)]),
    ),
    "",
    "## Sources and licenses",
    "",
    "The rows hold questions of these data sets and passages of the library that was searched; their licenses hold on.",
    "",
    ...table(
      ["Data set", "License", "Questions", "Rows"],
      dataSets.map((set) => [set.name, set.license, String(set.questions), String(set.rows)]),
    ),
    "",
    "## Selection",
    "",
    `Questions always right: ${manifest.difficulty.always}, sometimes: ${manifest.difficulty.sometimes}, never: ${manifest.difficulty.never}, not known: ${manifest.difficulty.unknown}. Chosen by: \`${JSON.stringify(selection)}\`.`,
    "",
    ...counts("Not taken", leftOut),
    "",
    "## Kept apart",
    "",
    "Rollouts that failed the check, each with its reason in `rejected.jsonl`.",
    "",
    ...counts("Reason", rejected),
    "",
    "## Splits",
    "",
    `Groups (patient, slide, article, or the question itself) lie in one split whole; ${split.validation} of them are for validation, about, drawn with seed ${split.seed}. Shared by both splits: ${counted(split.overlap.groups, "group")}, ${counted(split.overlap.images, "image")}.`,
    "",
    ...(kind === "grpo"
      ? []
      : [
          "## Masks",
          "",
          `${(100 * masks.share).toFixed(1)} % of the ${masks.characters} characters of completions were written by the environment and are not to be learned from.`,
          "",
        ]),
    "## Leaks",
    "",
    ...(leaks.length === 0
      ? ["No evaluation set was compared with (`--against`)."]
      : table(
          ["Evaluation set", "Questions", "Too short to look for", "Met by text", "Images", "Met by image"],
          leaks.map((set) =>
            [set.set, set.questions, set.tooShort, set.touched, set.images, set.imagesTouched].map(String),
          ),
        )),
    ...(leaks.length === 0 ? [] : ["", "What met one is in `rejected.jsonl` with the reason `leaked`."]),
    "",
    `## Use with ${engine}`,
    "",
    guide,
    "",
  ];
  return lines.join("\n");
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

function counts(title: string, values: Readonly<Record<string, number>>): string[] {
  const entries = Object.entries(values);
  if (entries.length === 0) return ["None."];
  return table(
    [title, "Rollouts"],
    entries.map(([name, count]) => [name, String(count)]),
  );
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.map(escaped).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)];
}

/** Names and licenses of others stay in their cells. */
function escaped(cell: string): string {
  return cell.replace(/[\r\n]+/g, " ").replaceAll("|", "\\|");
}
