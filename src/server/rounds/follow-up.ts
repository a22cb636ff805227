import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Question } from "#contracts";
import type { ImageFile } from "../request-content.ts";
import { readEvents } from "./read-journal.ts";
import type { RoundRegistry } from "./registry.ts";
import { type Identity, journalFile, readRoundRecord } from "./round-folder.ts";

type Earlier = NonNullable<Question["earlier"]>;

/** What a round hands on to one that follows it up. */
export type FollowUp = {
  identity: Identity;
  /** The questions and answers before, the round's own last. */
  earlier: Earlier;
  /** Bytes of its images on disk. */
  imageBytes: number;
  readImages(): Promise<ImageFile[]>;
};

const earlierKept = 5;
const answerKept = 2_000;

/** Throws `round-missing`. */
export async function followUp(rounds: RoundRegistry, parentRoundId: string): Promise<FollowUp> {
  const { folder } = await rounds.find(parentRoundId);
  const { images, ...identity } = await readRoundRecord(folder);
  const sizes = await Promise.all(images.map(({ file }) => stat(join(folder, file))));
  return {
    identity,
    earlier: await readEarlier(journalFile(folder)),
    imageBytes: sizes.reduce((sum, { size }) => sum + size, 0),
    readImages: () =>
      Promise.all(
        images.map(async ({ name, file }) => ({ name, bytes: await readFile(join(folder, file)) })),
      ),
  };
}

async function readEarlier(journal: string): Promise<Earlier> {
  const { events } = await readEvents(journal);
  const asked = events.find((event) => event.type === "round-start")?.question;
  const answer = events.find((event) => event.type === "answer-final")?.answer.text ?? "";
  if (!asked) return [];
  const own = { question: asked.text, answer: answer.slice(0, answerKept) };
  return [...(asked.earlier ?? []), own].slice(-earlierKept);
}
