import { MedRoundsError } from "#contracts";
import { type AddReport, addToLibrary as addFiles, type EmbedProgress } from "#library";
import { readEnvironment } from "#platform";
import { embedImagesFrom, embedLibraryFrom } from "./embed-library.ts";
import { strangerOf } from "./key-for-library.ts";

type AddRequest = Parameters<typeof addFiles>[0];

const kinds = {
  texts: { vectors: "textVectors", embed: embedLibraryFrom, option: "--embedder" },
  images: { vectors: "imageVectors", embed: embedImagesFrom, option: "--images" },
} as const;

/**
 * Adds files and folders as the library does, then embeds the new passages and cases by each embedder that the library names. Where an
 * embedder fails, or is a server that nobody but the library names, the addition stands and a note of the report says what to run.
 * Throws as the library's `addToLibrary`.
 */
export async function addToLibrary(
  request: AddRequest & { onEmbedProgress?: (progress: EmbedProgress) => void },
): Promise<AddReport> {
  const report = await addFiles(request);
  await embedNew({ ...request, report, kind: "texts" });
  await embedNew({ ...request, report, kind: "images" });
  return report;
}

async function embedNew(
  request: Pick<AddRequest, "library" | "signal"> & {
    report: AddReport;
    kind: keyof typeof kinds;
    onEmbedProgress?: (progress: EmbedProgress) => void;
  },
): Promise<void> {
  const { library, report, kind, signal, onEmbedProgress } = request;
  const { vectors, embed, option } = kinds[kind];
  for (const { embedder } of [...library[vectors]]) {
    if (report.interrupted) return;
    const { id, source } = embedder;
    const cure = `Run: medrounds library embed ${option} ${source}`;
    const host = strangerOf(source, readEnvironment());
    if (host !== undefined) {
      const note = `${kind} were not sent to ${host}, which the library names and MEDROUNDS_EMBEDDER_HOST does not. ${cure}`;
      report.notes.push({ file: id, note });
      continue;
    }
    try {
      const { interrupted } = await embed({
        library,
        source,
        ...(signal ? { signal } : {}),
        ...(onEmbedProgress ? { onProgress: onEmbedProgress } : {}),
      });
      report.interrupted = interrupted;
    } catch (error) {
      if (!MedRoundsError.is(error)) throw error;
      report.notes.push({ file: id, note: `${kind} were not embedded: ${error.message} ${cure}` });
    }
  }
}
