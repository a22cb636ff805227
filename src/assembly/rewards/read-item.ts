import type { Option } from "#contracts";
import type { Trajectory } from "#training";
import { environmentSpans, type OffsetUnit } from "./environment-spans.ts";
import { readGold } from "./item-gold.ts";
import { readMeasured } from "./item-measured.ts";
import { type Item, itemSchema } from "./item-schema.ts";
import { messageTranscript } from "./message-transcript.ts";

/** How items are read where they do not say it themselves. */
export type ItemReading = { grammar?: string | undefined; offsets?: OffsetUnit | undefined };

/** An item as it can be scored, with what was guessed of it and its images where they are files; or why it can't be read. */
export type ItemRead =
  | { type: "trajectory"; trajectory: Trajectory; flags: readonly string[]; imageFiles: readonly string[] }
  | { type: "invalid"; id: string | null; reason: string };

/** Reads an item. Never throws: one that can't be read must not cost those beside it. */
export function readItem(value: unknown, { grammar: named, offsets = "utf-16" }: ItemReading): ItemRead {
  const { success, data: item, error } = itemSchema.safeParse(value);
  if (!success) {
    const issue = error.issues[0];
    const field = issue?.path.join(".") ?? "";
    const subject = field === "" ? "The item" : `The field ${field.slice(0, 80)}`;
    return { type: "invalid", id: idOf(value), reason: `${subject} is not valid: ${issue?.message}.` };
  }
  const written = item.completion ?? item.messages;
  if (written === undefined || written === null) {
    const reason = "The item has neither a completion nor messages.";
    return { type: "invalid", id: String(item.id), reason };
  }
  const grammar = item.grammar ?? named ?? "med-rwr";
  const isGrammarGiven = (item.grammar ?? named) !== undefined;
  const retrieved = readRetrieved(item);
  const text = typeof written === "string" ? written : "";
  const { environment, flags } =
    typeof written === "string"
      ? environmentSpans({
          ...{ text, spans: item.spans, offsets, grammar, isGrammarGiven },
          retrieved: item.retrieved ? retrieved : null,
        })
      : { environment: [], flags: [] };
  const options = readOptions(item);
  const images = Array.isArray(item.images) ? item.images : [];
  return {
    type: "trajectory",
    trajectory: {
      id: String(item.id),
      question: item.question ?? "",
      options,
      gold: readGold(item),
      transcript:
        typeof written === "string" ? { text, environment, grammar } : messageTranscript(written, grammar),
      retrieved,
      images: typeof item.images === "number" ? item.images : images.length,
      measured: readMeasured(item, options),
    },
    flags,
    imageFiles: images.filter((image) => typeof image === "string"),
  };
}

function idOf(value: unknown): string | null {
  if (typeof value !== "object" || value === null || !("id" in value)) return null;
  return typeof value.id === "string" || typeof value.id === "number" ? String(value.id) : null;
}

function readOptions({ options }: Item): Option[] {
  if (!options) return [];
  if (!Array.isArray(options)) return Object.entries(options).map(([label, text]) => ({ label, text }));
  return options.map((option, index) =>
    typeof option === "string" ? { label: letter(index), text: option } : option,
  );
}

/** A … Z, then AA and so on. */
function letter(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : letter(Math.floor(index / 26) - 1) + last;
}

type GivenDocument = Extract<NonNullable<Item["retrieved"]>[number], readonly unknown[]>[number];

function readRetrieved({ retrieved }: Item): Trajectory["retrieved"] {
  return (retrieved ?? []).map((entry) => {
    if (typeof entry === "string") return { query: "", documents: [readDocument(entry)] };
    const documents: readonly GivenDocument[] = Array.isArray(entry) ? entry : entry.documents;
    const query = Array.isArray(entry) ? "" : (entry.query ?? "");
    return { query, documents: documents.map(readDocument) };
  });
}

function readDocument(given: GivenDocument): { id?: string; title: string; text: string } {
  if (typeof given === "string") return { title: "", text: given };
  const { id, title, text } = given;
  return { ...(typeof id === "string" ? { id } : {}), title: title ?? "", text: text ?? "" };
}
