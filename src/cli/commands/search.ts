import { Command } from "commander";
import type { Library, RetrievalChoice } from "#assembly";
import { type Comparison, MedRoundsError, type SearchResult, type SearchStage } from "#contracts";
import { addCaseOptions, type CaseOptions, caseSearchOptions } from "../case-options.ts";
import { collect, wholeNumber } from "../read-options.ts";
import { count } from "../render/count.ts";
import { renderPassage, sayExclusions } from "../render/evidence.ts";
import { renderSimilarCases } from "../render/similar-cases.ts";
import { addRetrievalOptions, openSearch } from "../retrieval-options.ts";
import { plain, type Terminal, wrap } from "../terminal.ts";
import { type CommandContext, examples } from "./context.ts";

type SearchOptions = RetrievalChoice &
  CaseOptions & {
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
  const command = new Command("search")
    .description("find passages by words, and cases by words, by image, or by both")
    .argument("[text]", "words to look for")
    .option("--image <file>", "find the cases that look like this image (PNG, JPEG, WebP, TIFF or DICOM)")
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
        "medrounds search --image chest.png --box 120,80,200,160 --view PA --why",
        'medrounds search "pleural effusion" --image chest.png --per-label 2 --diverse',
        'medrounds search "pleural effusion" --library .medrounds/demo --json',
        'medrounds search "heart attack" --retriever dense --corpus notes --explain',
      ),
    )
    .action(async (text: string | undefined, options: SearchOptions) => {
      checkOptions(text, options);
      const { image, patientId, slideId, corpus, top, explain } = options;
      const { openLibraryAt, searchLibrary } = await import("#assembly");
      using library = await openLibraryAt(options.library);
      await using search = await openSearch(library, text === undefined ? { retriever: "bm25" } : options);
      const result = await searchLibrary({
        library,
        search,
        top,
        signal,
        ...(text === undefined ? {} : { text }),
        ...(image === undefined ? {} : { image }),
        ...(corpus === undefined ? {} : { corpora: corpus }),
        ...(patientId === undefined ? {} : { patientId }),
        ...(slideId === undefined ? {} : { slideId }),
        ...caseSearchOptions(options),
      });
      const comparisons =
        options.why && image !== undefined ? await compareAll({ library, image, result, signal }) : undefined;
      if (options.json)
        printJson(comparisons ? { ...result, comparisons: [...comparisons].map(toJson) } : result);
      else {
        const { unlikeBelow } = library.embedder;
        const lines = renderResult(result, { terminal, explain, comparisons, unlikeBelow });
        for (const line of lines) terminal.write(line);
      }
    });
  return addCaseOptions(addRetrievalOptions(command));
}

/** Throws `usage-invalid` where options do not go with one another. */
function checkOptions(text: string | undefined, options: SearchOptions): void {
  const { image, patientId, slideId, box, samePatient, why, retriever, reranker, explain } = options;
  const refuse = (message: string) => {
    throw new MedRoundsError("usage-invalid", message);
  };
  if (text === undefined ? image === undefined : text.trim() === "") {
    refuse("A search takes words, an image, or both.");
  }
  const ofImage = patientId ?? slideId ?? box ?? samePatient ?? why;
  if (image === undefined && ofImage !== undefined) {
    refuse("--patient-id, --slide-id, --box, --same-patient and --why go with --image.");
  }
  if (text === undefined && (retriever ?? reranker ?? explain) !== undefined) {
    refuse("--retriever, --reranker and --explain go with words.");
  }
}

/** Where the image and each case of a result match, by the case's id. */
async function compareAll(request: {
  library: Library;
  image: string;
  result: SearchResult;
  signal: AbortSignal;
}): Promise<Map<string, Comparison>> {
  const { result, ...compared } = request;
  const { compareCase } = await import("#assembly");
  const comparisons = new Map<string, Comparison>();
  const byLabel = (result.byLabel ?? []).flatMap(({ cases }) => cases);
  for (const { case: found } of [...result.cases, ...byLabel, ...(result.samePatient ?? [])]) {
    if (comparisons.has(found.id)) continue;
    comparisons.set(found.id, await compareCase({ ...compared, caseId: found.id }));
  }
  return comparisons;
}

function toJson([id, comparison]: [string, Comparison]) {
  return { id, ...comparison };
}

function renderResult(
  result: SearchResult,
  options: {
    terminal: Terminal;
    explain: boolean | undefined;
    comparisons: ReadonlyMap<string, Comparison> | undefined;
    unlikeBelow: number;
  },
): string[] {
  const { passages, cases, excluded, searched, notes = [] } = result;
  const { terminal, explain } = options;
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
    ...renderSimilarCases(result, options),
    ...notes.map((note) => terminal.paint("doubt", wrap(`Note: ${plain(note)}`, terminal.width))),
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
