import { Command } from "commander";
import type { RetrievalChoice } from "#assembly";
import { MedRoundsError, type SearchResult, type SearchStage } from "#contracts";
import { collect, wholeNumber } from "../read-options.ts";
import { count } from "../render/count.ts";
import { renderCases, renderPassage, sayExclusions } from "../render/evidence.ts";
import { addRetrievalOptions, openSearch } from "../retrieval-options.ts";
import { plain, type Terminal, wrap } from "../terminal.ts";
import { type CommandContext, examples } from "./context.ts";

type SearchOptions = RetrievalChoice & {
  image?: string;
  patientId?: string;
  slideId?: string;
  corpus?: string[];
  top: number;
  library: string;
  explain?: boolean;
  json?: boolean;
};

export function searchCommand({ terminal, signal, printJson }: CommandContext): Command {
  return addRetrievalOptions(new Command("search"))
    .description("find passages by words, and cases by words or by image")
    .argument("[text]", "words to look for")
    .option("--image <file>", "find the cases that look like this image")
    .option("--patient-id <id>", "the image's patient, whose cases are left out")
    .option("--slide-id <id>", "the image's slide, whose cases are left out")
    .option("--corpus <name>", "search this corpus alone; repeat it for several", collect)
    .option("--top <n>", "how many passages and cases at the most", wholeNumber(1, 1000), 10)
    .option("--library <dir>", "the library's folder", ".medrounds/library")
    .option("--explain", "show what each stage of the search made of each passage")
    .option("--json", "print one JSON document")
    .addHelpText(
      "after",
      examples(
        'medrounds search "silhouette sign"',
        "medrounds search --image chest.png --patient-id p7 --top 5",
        'medrounds search "pleural effusion" --library .medrounds/demo --json',
        'medrounds search "heart attack" --retriever dense --corpus notes --explain',
      ),
    )
    .action(async (text: string | undefined, options: SearchOptions) => {
      const { image, patientId, slideId, corpus, top, explain } = options;
      if ((text === undefined || text.trim() === "") === (image === undefined)) {
        throw new MedRoundsError("usage-invalid", "A search takes either words or an image.");
      }
      if (image === undefined && (patientId !== undefined || slideId !== undefined)) {
        throw new MedRoundsError("usage-invalid", "--patient-id and --slide-id go with --image.");
      }
      const ofWords = options.retriever ?? options.reranker ?? corpus ?? explain;
      if (image !== undefined && ofWords !== undefined) {
        throw new MedRoundsError(
          "usage-invalid",
          "--retriever, --reranker, --corpus and --explain go with words.",
        );
      }
      const { openLibraryAt, searchLibrary } = await import("#assembly");
      using library = await openLibraryAt(options.library);
      await using search = await openSearch(library, image === undefined ? options : { retriever: "bm25" });
      const wanted = image === undefined ? { text: text ?? "" } : { image };
      const result = await searchLibrary({
        library,
        search,
        top,
        signal,
        ...wanted,
        ...(corpus === undefined ? {} : { corpora: corpus }),
        ...(patientId === undefined ? {} : { patientId }),
        ...(slideId === undefined ? {} : { slideId }),
      });
      if (options.json) printJson(result);
      else for (const line of renderResult(result, { terminal, explain })) terminal.write(line);
    });
}

function renderResult(
  { passages, cases, excluded, searched }: SearchResult,
  { terminal, explain }: { terminal: Terminal; explain: boolean | undefined },
): string[] {
  const numbered = cases.map((hit, index) => ({ ...hit, number: index + 1 }));
  const found = [
    ...(searched.passages > 0 ? [`${passages.length} of ${count(searched.passages, "passage")}`] : []),
    ...(searched.cases > 0 ? [`${cases.length} of ${count(searched.cases, "case")}`] : []),
    ...(excluded ? sayExclusions(excluded) : []),
  ];
  return [
    ...(passages.length + cases.length === 0 ? ["Nothing found."] : []),
    ...passages.flatMap(({ passage, stages }, index) => [
      ...renderPassage({ terminal, number: index + 1, passage }),
      ...(explain ? [terminal.paint("quiet", wrap(sayStages(stages), terminal.width, "   "))] : []),
    ]),
    ...(passages.length > 0 && cases.length > 0 ? [""] : []),
    ...renderCases(numbered, terminal),
    "",
    terminal.paint("quiet", found.join(" · ")),
  ];
}

/** As "bm25: rank 3, 12.4 · dense MiniLM: rank 1, 0.71 · fusion: rank 1, 0.0325". */
function sayStages(stages: readonly SearchStage[]): string {
  return stages
    .map(({ stage, rank, score }) => `${plain(stage)}: rank ${rank}, ${score.toPrecision(3)}`)
    .join(" · ");
}
