import { Command, InvalidArgumentError } from "commander";
import { MedRoundsError, type SearchResult } from "#contracts";
import { count } from "../render/count.ts";
import { renderCases, renderPassage, sayExclusions } from "../render/evidence.ts";
import type { Terminal } from "../terminal.ts";
import { type CommandContext, examples } from "./context.ts";

type SearchOptions = {
  image?: string;
  patientId?: string;
  slideId?: string;
  top: number;
  library: string;
  json?: boolean;
};

export function searchCommand({ terminal, signal, printJson }: CommandContext): Command {
  return new Command("search")
    .description("find passages by words, and cases by words or by image")
    .argument("[text]", "words to look for")
    .option("--image <file>", "find the cases that look like this image")
    .option("--patient-id <id>", "the image's patient, whose cases are left out")
    .option("--slide-id <id>", "the image's slide, whose cases are left out")
    .option("--top <n>", "how many passages and cases at the most", readTop, 10)
    .option("--library <dir>", "the library's folder", ".medrounds/library")
    .option("--json", "print one JSON document")
    .addHelpText(
      "after",
      examples(
        'medrounds search "silhouette sign"',
        "medrounds search --image chest.png --patient-id p7 --top 5",
        'medrounds search "pleural effusion" --library .medrounds/demo --json',
      ),
    )
    .action(async (text: string | undefined, options: SearchOptions) => {
      const { image, patientId, slideId, top } = options;
      if ((text === undefined || text.trim() === "") === (image === undefined)) {
        throw new MedRoundsError("usage-invalid", "A search takes either words or an image.");
      }
      if (image === undefined && (patientId !== undefined || slideId !== undefined)) {
        throw new MedRoundsError("usage-invalid", "--patient-id and --slide-id go with --image.");
      }
      const { openLibraryAt, searchLibrary } = await import("#assembly");
      using library = await openLibraryAt(options.library);
      const wanted = image === undefined ? { text: text ?? "" } : { image };
      const result = await searchLibrary({
        library,
        top,
        signal,
        ...wanted,
        ...(patientId === undefined ? {} : { patientId }),
        ...(slideId === undefined ? {} : { slideId }),
      });
      if (options.json) printJson(result);
      else for (const line of renderResult(result, terminal)) terminal.write(line);
    });
}

function readTop(value: string): number {
  const top = Number(value);
  if (Number.isInteger(top) && top >= 1 && top <= 1000) return top;
  throw new InvalidArgumentError("It must be a whole number from 1 to 1000.");
}

function renderResult({ passages, cases, excluded, searched }: SearchResult, terminal: Terminal): string[] {
  const numbered = cases.map((hit, index) => ({ ...hit, number: index + 1 }));
  const found = [
    ...(searched.passages > 0 ? [`${passages.length} of ${count(searched.passages, "passage")}`] : []),
    ...(searched.cases > 0 ? [`${cases.length} of ${count(searched.cases, "case")}`] : []),
    ...(excluded ? sayExclusions(excluded) : []),
  ];
  return [
    ...(passages.length + cases.length === 0 ? ["Nothing found."] : []),
    ...passages.flatMap(({ passage }, index) => renderPassage({ terminal, number: index + 1, passage })),
    ...(passages.length > 0 && cases.length > 0 ? [""] : []),
    ...renderCases(numbered, terminal),
    "",
    terminal.paint("quiet", found.join(" · ")),
  ];
}
