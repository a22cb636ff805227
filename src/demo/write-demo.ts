import { cp, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { MedRoundsError } from "#contracts";
import { encodePng } from "#imaging";
import { chestPhantoms } from "./phantoms/chest-phantoms.ts";
import type { Phantom } from "./phantoms/phantom.ts";
import { tissuePhantoms } from "./phantoms/tissue-phantoms.ts";
import { questionPhantoms } from "./question-phantoms.ts";

/** The passages that ship with the package, at the same depth from `src/demo` and from `dist/demo`. */
const shippedPassages = fileURLToPath(new URL("../../demo/passages/", import.meta.url));

/**
 * Writes the demo into `folder`: `library/manifest.jsonl` with `library/images/*.png`, `passages/*.md` and
 * `questions/*.png`. The same bytes each time; files of the same name are replaced, others are left alone.
 * Resolves to the folders of the library's cases and of the questions' images.
 * Throws `interrupted` when the signal is aborted, and the file system's error where a file cannot be written.
 */
export async function writeDemo(options: {
  folder: string;
  signal?: AbortSignal;
}): Promise<{ library: string; questions: string }> {
  const { folder, signal } = options;
  const library = join(folder, "library");
  const questions = join(folder, "questions");
  const phantoms = [...chestPhantoms(), ...tissuePhantoms()];
  await mkdir(join(library, "images"), { recursive: true });
  await mkdir(questions, { recursive: true });
  for (const phantom of phantoms) await writeImage(join(library, imageFile(phantom)), phantom, signal);
  for (const [name, phantom] of Object.entries(questionPhantoms)) {
    await writeImage(join(questions, name), phantom, signal);
  }
  const rows = phantoms.map((phantom) => `${JSON.stringify(manifestRow(phantom))}\n`);
  await writeFile(join(library, "manifest.jsonl"), rows.join(""));
  await cp(shippedPassages, join(folder, "passages"), { recursive: true });
  return { library, questions };
}

async function writeImage(path: string, phantom: Phantom, signal?: AbortSignal): Promise<void> {
  if (signal?.aborted)
    throw new MedRoundsError("interrupted", "The demo was interrupted while it was written.");
  await writeFile(path, await encodePng(phantom.draw()));
}

function imageFile(phantom: Phantom): string {
  return `images/${phantom.id}.png`;
}

function manifestRow(phantom: Phantom): Record<string, unknown> {
  const { id, labels, text, patientId, slideId } = phantom;
  return {
    id,
    file: imageFile(phantom),
    labels,
    text,
    ...(patientId && { patient_id: patientId }),
    ...(slideId && { slide_id: slideId }),
    source: "MedRounds phantom, drawn by code",
    licence: "Apache-2.0",
    synthetic: true,
  };
}
