import { resolve } from "node:path";
import { type Examination, type ExaminationProgress, examineLibrary } from "#library";
import { openLibraryAt } from "./open-library.ts";

/** Reads all of the library in a folder and tells what is wrong with it; throws the signal's reason and nothing else of its own. */
export function examineLibraryAt(request: {
  folder: string;
  signal?: AbortSignal;
  onProgress?: (progress: ExaminationProgress) => void;
}): Promise<Examination> {
  return examineLibrary({
    ...request,
    folder: resolve(request.folder),
    open: () => openLibraryAt(request.folder),
  });
}
