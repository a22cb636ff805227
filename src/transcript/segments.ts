import type { ToolName, Transcript } from "#contracts";
import { findTags, type Tag, type TagKind } from "./tags.ts";

/**
 * A stretch of a transcript. An element (think, query, retrieve, answer) spans its tags, and `content` is what stands between
 * them; a `text` segment is what stands outside, without surrounding white space. Offsets count UTF-16 code units of the
 * transcript's text, `end` exclusive.
 */
export type Segment = {
  kind: TagKind | "text";
  origin: "model" | "environment";
  start: number;
  end: number;
  content: string;
  /** Whether the closing tag is there; true for text. */
  closed: boolean;
  /** Which search a query asks for; on queries only. */
  tool?: ToolName;
};

/** A tag that opens or closes nothing: a closer without its element, or an opener within another element. */
export type LooseTag = { type: "stray-close" | "nested"; start: number; end: number };

type Region = { origin: Segment["origin"]; start: number; end: number };

/**
 * Cuts a transcript into segments in order, region by region, so that neither author can open or close what the other wrote.
 * An element ends at its own closing tag, unless its kind is opened again before that; then, as without a closing tag, it is
 * unclosed and ends at the next tag. Of environment text only retrieve blocks are read as elements.
 */
export function cutSegments(transcript: Transcript): { segments: Segment[]; looseTags: LooseTag[] } {
  const segments: Segment[] = [];
  const looseTags: LooseTag[] = [];
  const tags = findTags(transcript.text);
  let next = 0;
  for (const region of regionsOf(transcript)) {
    const inside: Tag[] = [];
    for (let tag = tags[next]; tag !== undefined && tag.start < region.end; tag = tags[++next]) {
      const readable = region.origin === "model" || tag.kind === "retrieve";
      if (readable && tag.end <= region.end) inside.push(tag);
    }
    cutRegion({ text: transcript.text, region, tags: inside, segments, looseTags });
  }
  return { segments, looseTags };
}

/** The text as alternating regions; spans that overlap, lie outside or hold no number are taken for what they can mean. */
function regionsOf({ text, environment }: Transcript): Region[] {
  const regions: Region[] = [];
  let position = 0;
  for (const span of environment.toSorted((a, b) => a.start - b.start)) {
    const start = Math.max(span.start, position);
    const end = Math.min(span.end, text.length);
    if (!(start < end)) continue;
    if (position < start) regions.push({ origin: "model", start: position, end: start });
    regions.push({ origin: "environment", start, end });
    position = end;
  }
  if (position < text.length) regions.push({ origin: "model", start: position, end: text.length });
  return regions;
}

function cutRegion(input: {
  text: string;
  region: Region;
  tags: readonly Tag[];
  segments: Segment[];
  looseTags: LooseTag[];
}): void {
  const { text, region, tags, segments, looseTags } = input;
  const { origin } = region;
  const closers = findClosers(tags);
  let position = region.start;

  const addText = (end: number) => {
    const raw = text.slice(position, end);
    const content = raw.trim();
    if (content === "") return;
    const start = position + raw.length - raw.trimStart().length;
    segments.push({ kind: "text", origin, start, end: start + content.length, content, closed: true });
  };

  for (let index = 0; index < tags.length; index++) {
    const tag = tags[index]!;
    addText(tag.start);
    position = tag.end;
    if (tag.closing) {
      looseTags.push({ type: "stray-close", start: tag.start, end: tag.end });
      continue;
    }
    const closer = closers[index];
    const contentEnd = closer === undefined ? (tags[index + 1]?.start ?? region.end) : tags[closer]!.start;
    const end = closer === undefined ? contentEnd : tags[closer]!.end;
    segments.push({
      kind: tag.kind,
      origin,
      start: tag.start,
      end,
      content: text.slice(tag.end, contentEnd),
      closed: closer !== undefined,
      ...(tag.kind === "query" ? { tool: tag.tool } : {}),
    });
    if (closer !== undefined) {
      for (const loose of findLoose(tags.slice(index + 1, closer))) looseTags.push(loose);
      index = closer;
    }
    position = end;
  }
  addText(region.end);
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
function* findLoose(tags: readonly Tag[]): Generator<LooseTag> {
  const open = new Map<TagKind, number>();
  for (const { kind, closing, start, end } of tags) {
    const depth = open.get(kind) ?? 0;
    if (!closing || depth === 0) yield { type: closing ? "stray-close" : "nested", start, end };
    open.set(kind, Math.max(0, depth + (closing ? -1 : 1)));
  }
}
