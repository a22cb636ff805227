import { mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { type ErrorCode, MedRoundsError } from "#contracts";
import type { DemoQuestion } from "#demo";
import { type AddProgress, addToLibrary } from "#library";
import { writeError } from "#platform";
import { openLibraryAt } from "./open-library.ts";

export type Demo = {
  library: string;
  questions: readonly DemoQuestion[];
  imageFolder: string;
  built: boolean;
};

/**
 * The demo in a folder: its library and its questions' images. Built where it is missing, beside its place first, so that an
 * interrupted build leaves nothing half done. Throws `path-unwritable` and `disk-full`.
 */
export async function prepareDemo(request: {
  folder: string;
  signal?: AbortSignal;
  /** Called once before a demo that is missing is built. */
  onBuild?: () => void;
  onProgress?: (progress: AddProgress) => void;
}): Promise<Demo> {
  const { signal, onProgress } = request;
  const { demoQuestions, writeDemo } = await import("#demo");
  const folder = resolve(request.folder);
  const demo = { library: folder, questions: demoQuestions, imageFolder: join(folder, "questions") };
  const state = await inspectDemo(folder);
  if (state === "usable") return { ...demo, built: false };
  request.onBuild?.();
  const temporary = await makeFolderBeside(folder).catch((error: unknown) => {
    throw writeError(error, dirname(folder));
  });
  try {
    const files = join(temporary, "files");
    const built = join(temporary, "built");
    await writeDemo({ folder: files, ...(signal ? { signal } : {}) });
    {
      using library = await openLibraryAt(built, { create: true });
      await addToLibrary({
        library,
        paths: [join(files, "library"), join(files, "passages")],
        corpus: "demo",
        ...(signal ? { signal } : {}),
        ...(onProgress ? { onProgress } : {}),
      });
    }
    signal?.throwIfAborted();
    await rename(join(files, "questions"), join(built, "questions"));
    if (state === "outdated") {
      await keepRounds(folder, built);
      await rm(folder, { recursive: true });
    }
    await rename(built, folder);
  } catch (error) {
    throw writeError(error, folder);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
  return { ...demo, built: true };
}

async function makeFolderBeside(folder: string): Promise<string> {
  await mkdir(dirname(folder), { recursive: true });
  return mkdtemp(join(dirname(folder), `${basename(folder)}-`));
}

/** Rounds that were asked on a demo are a person's own: they move into the one that takes its place. */
async function keepRounds(from: string, to: string): Promise<void> {
  await rename(join(from, "rounds"), join(to, "rounds")).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
  });
}

const outdated: readonly ErrorCode[] = ["embedder-mismatch", "library-newer", "library-older"];

/** An outdated demo was built by another version of MedRounds; but for its rounds it holds nothing of anyone's. */
async function inspectDemo(folder: string): Promise<"usable" | "outdated" | "missing"> {
  try {
    using _library = await openLibraryAt(folder);
    return "usable";
  } catch (error) {
    if (!MedRoundsError.is(error)) throw error;
    if (error.code === "library-missing") return "missing";
    if (outdated.includes(error.code)) return "outdated";
    throw error;
  }
}
