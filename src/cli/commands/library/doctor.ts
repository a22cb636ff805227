import { Command } from "commander";
import type { Examination } from "#assembly";
import { createProgress } from "../../progress.ts";
import { count } from "../../render/count.ts";
import { renderTable } from "../../render/table.ts";
import { hang, plain, type Terminal } from "../../terminal.ts";
import { type CommandContext, examples } from "../context.ts";

/** `library doctor`. */
export function doctorCommand({ terminal, signal, printJson, exit }: CommandContext): Command {
  return new Command("doctor")
    .summary("read all of a library and tell what is wrong with it")
    .description(
      "read all of a library and tell what is wrong with it, with what to do; exit code 1 where something is broken",
    )
    .option("--library <dir>", "the library's folder", ".medrounds/library")
    .option("--json", "print one JSON document")
    .addHelpText(
      "after",
      examples("medrounds library doctor", "medrounds library doctor --library .medrounds/demo --json"),
    )
    .action(async ({ library: folder, json }: { library: string; json?: boolean }) => {
      const { examineLibraryAt } = await import("#assembly");
      const progress = createProgress("Examining");
      const examination = await examineLibraryAt({
        folder,
        signal,
        onProgress: (done) => progress.show({ ...done, refused: 0 }),
      }).finally(progress.end);
      if (json) printJson(examination);
      else for (const line of renderExamination(examination, terminal)) terminal.write(line);
      if (!examination.sound) exit(1);
    });
}

function renderExamination(examination: Examination, terminal: Terminal): string[] {
  const { library, passages, cases, corpora, problems } = examination;
  const rows = corpora.map(({ name, ...counts }) => [
    plain(name),
    String(counts.passages),
    String(counts.cases),
  ]);
  return [
    `${plain(library)}: ${count(passages, "passage")}, ${count(cases, "case")}`,
    ...(rows.length > 0 ? ["", ...renderTable([["Corpus", "Passages", "Cases"], ...rows], [1, 2])] : []),
    ...problems.flatMap((problem) => renderProblem(problem, terminal)),
    "",
    sayVerdict(examination),
  ];
}

function renderProblem(problem: Examination["problems"][number], terminal: Terminal): string[] {
  const { severity, message, cure, examples: shown, count: found } = problem;
  const label = severity === "broken" ? "Broken  " : "Harmless";
  const tone = severity === "broken" ? "failure" : "quiet";
  const indent = " ".repeat(label.length + 2);
  const left = found - shown.length;
  const list = shown.map(plain).join(", ");
  return [
    "",
    `${terminal.paint(tone, label)}  ${hang(plain(message), terminal.width, indent)}`,
    `${indent}${hang(cure, terminal.width, indent)}`,
    ...(shown.length > 0
      ? [`${indent}${hang(`${list}${left > 0 ? ` and ${left} more` : ""}`, terminal.width, indent)}`]
      : []),
  ];
}

function sayVerdict({ sound, problems }: Examination): string {
  if (!sound) return "The library is broken where it says so above.";
  return problems.length === 0
    ? "The library is sound."
    : "The library is sound; what is named above is harmless.";
}
