import { MedRoundsError } from "#contracts";
import { type AddReport, addToLibrary as addFiles, type EmbedProgress } from "#library";
import { embedLibraryFrom } from "./embed-library.ts";

type AddRequest = Parameters<typeof addFiles>[0];

/**
 * Adds files and folders as the library does, then embeds the new passages by each text embedder that the library names. Where an
 * embedder fails, the addition stands and a note of the report says what to run. Throws as the library's `addToLibrary`.
 */
export async function addToLibrary(
  request: AddRequest & { onEmbedProgress?: (progress: EmbedProgress) => void },
): Promise<AddReport> {
  const { onEmbedProgress, ...addition } = request;
  const { library, signal } = addition;
  const report = await addFiles(addition);
  for (const { embedder } of report.interrupted ? [] : [...library.textVectors]) {
    const { source } = embedder;
    try {
      const { interrupted } = await embedLibraryFrom({
        library,
        source,
        ...(signal ? { signal } : {}),
        ...(onEmbedProgress ? { onProgress: onEmbedProgress } : {}),
      });
      report.interrupted ||= interrupted;
    } catch (error) {
      if (!MedRoundsError.is(error)) throw error;
      const cure = `medrounds library embed --embedder ${source}`;
      report.notes.push({
        file: embedder.id,
        note: `texts were not embedded: ${error.message} Run: ${cure}`,
      });
    }
  }
  return report;
}
