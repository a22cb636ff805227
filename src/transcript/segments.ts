import type { ToolName, Transcript } from "#contracts";
import type { Grammar, TagKind } from "./grammars/grammar.ts";
import { type Region, regionsOf } from "./regions.ts";
import { findTags, type Tag } from "./tags.ts";

/**
 * A stretch of a transcript. An element (think, query, retrieve, answer) spans its tags, and `content` is what stands between
 * them; all else is without surrounding white space: what the environment told (hint, demand), what stands outside (text), and
 * the pieces of a thought that runs through the round. Offsets count UTF-16 code units of the transcript's text, `end` exclusive.
 */
export type Segment = {
  kind: TagKind | "hint" | "demand" | "text";
  origin: "model" | "environment";
  start: number;
  end: number;
  content: string;
  /** Whether the closing tag is there; true for what has none. */
  closed: boolean;
  /** Which search a query asks for; on queries only. */
  tool?: ToolName;
};

/** A tag that opens or closes nothing: a closer without its element, an opener within another element; or where a closer is missing. */
export type LooseTag = { type: "stray-close" | "nested" | "unclosed"; start: number; end: number };

/** What is cut so far, and where a thought that runs through the round stands. */
type Cutting = {
  text: string;
  segments: Segment[];
  looseTags: LooseTag[];
  thought: "implied" | "open" | "closed" | "none";
};

/**
 * Cuts a transcript into segments in order, region by region, so that neither author can open or close what the other wrote.
 * An element ends at its own closing tag, unless its kind is opened again before that; then, as without a closing tag, it is
 * unclosed and ends at the next tag. Of environment text only retrieve blocks are read as elements.
 */
export function cutSegments(
  transcript: Transcript,
  grammar: Grammar,
): { segments: Segment[]; looseTags: LooseTag[] } {
  const { text } = transcript;
  const thought = grammar.thought === "throughout" ? "implied" : "none";
  const cutting: Cutting = { text, segments: [], looseTags: [], thought };
  const tags = findTags(text, grammar);
  let next = 0;
  for (const region of regionsOf(transcript)) {
    const inside: Tag[] = [];
    for (let tag = tags[next]; tag !== undefined && tag.start < region.end; tag = tags[++next]) {
      const readable = region.origin === "model" || (tag.kind === "retrieve" && region.kind === "retrieve");
      if (readable && tag.end <= region.end) inside.push(tag);
    }
    cutRegion(cutting, region, inside);
  }
  return cutting;
}

function cutRegion(cutting: Cutting, region: Region, tags: readonly Tag[]): void {
  const { text, segments, looseTags } = cutting;
  const { origin } = region;
  const closers = findClosers(tags);
  let position = region.start;

  const addText = (end: number) => {
    const raw = text.slice(position, end);
    const content = raw.trim();
    if (content === "") return;
    const start = position + raw.length - raw.trimStart().length;
    const kind =
      origin === "model" ? outsideKind(cutting) : region.kind === "retrieve" ? "text" : region.kind;
    segments.push({ kind, origin, start, end: start + content.length, content, closed: true });
  };

  for (let index = 0; index < tags.length; index++) {
    const tag = tags[index]!;
    addText(tag.start);
    position = tag.end;
    if (tag.kind === "think" && cutting.thought !== "none") {
      turnThought(cutting, tag);
      continue;
    }
    if (tag.closing) {
      looseTags.push({ type: "stray-close", start: tag.start, end: tag.end });
      continue;
    }
    if (tag.kind === "answer") endThought(cutting, tag);
    const closer = closers[index];
    const contentEnd = closer === undefined ? (tags[index + 1]?.start ?? region.end) : tags[closer]!.start;
    const end = closer === undefined ? contentEnd : tags[closer]!.end;
    const { kind, start } = tag;
    const content = text.slice(tag.end, contentEnd);
    const element: Segment = { kind, origin, start, end, content, closed: closer !== undefined };
    if (kind === "query") element.tool = tag.tool;
    segments.push(element);
    if (closer !== undefined) {
      for (const loose of findLoose(tags, index + 1, closer)) looseTags.push(loose);
      index = closer;
    }
    position = end;
  }
  addText(region.end);
}

function outsideKind({ thought }: Cutting): Segment["kind"] {
  return thought === "implied" || thought === "open" ? "think" : "text";
}

/** A think tag where one thought runs through the round: it may be opened once, before all else, and closed once. */
function turnThought(cutting: Cutting, { closing, start, end }: Tag): void {
  const { segments, looseTags, thought } = cutting;
  const isOpen = thought === "implied" || thought === "open";
  if (closing && isOpen) cutting.thought = "closed";
  else if (!closing && thought === "implied" && segments.length === 0) cutting.thought = "open";
  else looseTags.push({ type: closing ? "stray-close" : "nested", start, end });
}

/** An answer ends a thought that its tag did not. */
function endThought(cutting: Cutting, { start }: Tag): void {
  if (outsideKind(cutting) === "text") return;
  cutting.looseTags.push({ type: "unclosed", start, end: start });
  cutting.thought = "closed";
}

/** For each opening tag the index of the tag that closes it: the next tag of its kind, if that is a closing one. */
function findClosers(tags: readonly Tag[]): (number | undefined)[] {
  const next = new Map<TagKind, number>();
  const closers = new Array<number | undefined>(tags.length);
  for (let index = tags.length - 1; index >= 0; index--) {
    const tag = tags[index]!;
    const candidate = next.get(tag.kind);
    if (!tag.closing && candidate !== undefined && tags[candidate]!.closing) closers[index] = candidate;
    next.set(tag.kind, index);
  }
  return closers;
}

/** Tags within an element: openers are nested; closers are stray unless they close a nested one. */
function* findLoose(tags: readonly Tag[], from: number, to: number): Generator<LooseTag> {
  const open = new Map<TagKind, number>();
  for (let index = from; index < to; index++) {
    const { kind, closing, start, end } = tags[index]!;
    const depth = open.get(kind) ?? 0;
    if (!closing || depth === 0) yield { type: closing ? "stray-close" : "nested", start, end };
    open.set(kind, Math.max(0, depth + (closing ? -1 : 1)));
  }
}
