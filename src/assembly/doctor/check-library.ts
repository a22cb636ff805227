import { resolve } from "node:path";
import { MedRoundsError } from "#contracts";
import { defaultLibrary } from "../configuration.ts";
import { openLibraryAt } from "../open-library.ts";
import type { Settings } from "../settings.ts";
import { type Finding, findingOf } from "./finding.ts";

/** The library that commands use; null in place of the counts where it can't be opened. */
export type LibraryCheck = {
  folder: string;
  passages: number | null;
  cases: number | null;
  /** Sources of what made its vectors, of texts and of images. */
  embedders: readonly string[];
  findings: readonly Finding[];
};

/** A library that nobody named and that is not there is no fault: it was not yet made. */
export async function checkLibrary({ library: named }: Settings): Promise<LibraryCheck> {
  const folder = named?.value ?? defaultLibrary;
  try {
    using library = await openLibraryAt(folder);
    const [passages, cases] = [await library.passages.count(), await library.cases.count()];
    const vectors = [...library.textVectors, ...library.imageVectors];
    const isEmpty = passages + cases === 0;
    const empty = new MedRoundsError("library-empty", `The library ${folder} is empty.`);
    return {
      folder: library.folder,
      passages,
      cases,
      embedders: vectors.map(({ embedder }) => embedder.source),
      findings: isEmpty ? [findingOf(empty, "missing")] : [],
    };
  } catch (error) {
    const isMissing = MedRoundsError.is(error) && error.code === "library-missing" && named === undefined;
    const findings = [findingOf(error, isMissing ? "missing" : "broken")];
    return { folder: resolve(folder), passages: null, cases: null, embedders: [], findings };
  }
}
