import type { Evidence } from "#contracts";
import { findGrammar } from "#transcript";
import type { ReadTrajectory } from "./read-trajectory.ts";

/** Text that was found beyond this is not compared with. */
const longestRead = 200_000;

/**
 * What was found as evidence, with the numbers that the model saw and may cite: the documents of the environment's blocks as the
 * transcript's grammar writes them, else the documents that were given, numbered in order.
 */
export function evidenceOf(trajectory: ReadTrajectory): Evidence[] {
  const { found, retrieved, transcript } = trajectory;
  if (found.length > 0) {
    const { documents } = findGrammar(transcript.grammar);
    const begins = numberPattern(documents.one);
    const blocks = found.filter((text) => text.trim() !== documents.none);
    return blocks.join("\n").slice(0, longestRead).split(begins).flatMap(toNumbered);
  }
  const texts = retrieved.flatMap(({ documents }) => documents.map(({ title, text }) => `${title}. ${text}`));
  return texts.map((text, index) => passageOf(index + 1, text.slice(0, longestRead)));
}

/** Where a document begins, with its number: `[{number}] {title}: {text}` begins with `[1] `. */
function numberPattern(one: string): RegExp {
  const [before = "", behind = ""] = one.split("{number}");
  const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
  return new RegExp(`^${escaped(before)}(\\d{1,4})${escaped(behind.split("{")[0] ?? "")}`, "gm");
}

/** Pieces as `split` gives them: text before the first number, then a number and its text in turn. Text without a number is number 1. */
function toNumbered(piece: string, index: number, pieces: readonly string[]): Evidence[] {
  if (index % 2 === 1 || piece.trim() === "") return [];
  return [passageOf(index === 0 ? 1 : Number(pieces[index - 1]), piece)];
}

function passageOf(number: number, text: string): Evidence {
  const source = { file: "", document: "", start: 0, end: text.length };
  const passage = { id: String(number), corpus: "", title: "", headings: [], text, source, metadata: {} };
  return { type: "passage", number, query: "", score: 0, passage };
}
