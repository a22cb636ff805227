import { randomBytes } from "node:crypto";
import { basename, join } from "node:path";
import { type Failure, MedRoundsError, toFailure } from "#contracts";
import { type DeidentificationReport, deidentifyDicom, openKeyFile } from "#imaging";
import { type AddProgress, findDicomFiles } from "#library";
import { fileError, mapConcurrently } from "#platform";
import { writeNewFile } from "./new-file.ts";

/** What a run of de-identification did. `file` is a path as it was given, or in the folder or archive that was; `out` the new name. */
export type DeidentificationRun = {
  files: ({ file: string; out: string; burnedInText: "stated" | "seen" | null } & Omit<
    DeidentificationReport,
    "burnedInAnnotation"
  >)[];
  refused: ({ file: string } & Failure)[];
  /** Files that are no DICOM files, by extension. */
  skipped: Record<string, number>;
  seconds: number;
  interrupted: boolean;
};

const filesAtOnce = 3;

/**
 * Writes the DICOM files of a file, a folder, a ZIP archive or a DICOMDIR into the folder `out` without what identifies persons, under
 * new names. Nothing is overwritten, and a bad file is refused alone. Without a key file the new ids are of a key that nobody keeps.
 * Throws `path-missing`, `path-unreadable`, `file-unsupported`, `key-invalid`, and the errors of the archive.
 */
export async function deidentifyFiles(request: {
  path: string;
  out: string;
  key?: string;
  dates?: "shifted" | "removed";
  device?: "kept" | "removed";
  refuseBurnedIn?: boolean;
  signal?: AbortSignal;
  onProgress?: (progress: AddProgress) => void;
}): Promise<DeidentificationRun> {
  const { path, out, refuseBurnedIn, signal, onProgress, dates = "shifted", device = "kept" } = request;
  const began = performance.now();
  await using found = await findDicomFiles(path);
  const key = request.key === undefined ? randomBytes(32) : await openKeyFile(request.key);
  const run: DeidentificationRun = {
    files: [],
    refused: found.refused,
    skipped: found.skipped,
    seconds: 0,
    interrupted: false,
  };
  let items = 0;
  await mapConcurrently(found.files, filesAtOnce, async ({ name: file, read }) => {
    if (signal?.aborted) return;
    try {
      const bytes = await read();
      const name = basename(file);
      const { report, burnedInText, ...made } = await deidentifyDicom(bytes, { name, key, dates, device });
      if (refuseBurnedIn && burnedInText) {
        throw new MedRoundsError("burned-in-text", `${name} has text in its pixels, or seems to.`);
      }
      await writeNewFile(join(out, made.fileName), made.bytes);
      const { burnedInAnnotation: _stated, ...told } = report;
      run.files.push({ file, out: made.fileName, burnedInText, ...told });
    } catch (thrown) {
      const error = fileError(thrown, file);
      if (!MedRoundsError.is(error)) throw error;
      run.refused.push({ file, ...toFailure(error) });
    }
    items++;
    onProgress?.({ items, share: items / found.files.length, refused: run.refused.length });
  });
  run.interrupted = signal?.aborted ?? false;
  run.files.sort((one, other) => (one.file < other.file ? -1 : 1));
  run.seconds = (performance.now() - began) / 1000;
  return run;
}
