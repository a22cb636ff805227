import { type Evidence, imageKindTitles, type KindGuess, type RoundEvent, type ToolName } from "#contracts";
import { count, shorten } from "../plain-text.ts";
import type { AppendOnly } from "./append-only.ts";

/** accent: found or asserted; doubt: unsure, nothing found, asked again; failure: went wrong; quiet: for the record. */
type Tone = "accent" | "doubt" | "failure" | "quiet";

/** One line of the steps. `at` is milliseconds since the round began. */
export type StepLine = {
  /** The sequence of the event that it tells; unique in a round. */
  id: number;
  at: number;
  tone: Tone;
  title: string;
  detail: string;
  /** What was looked up. */
  query: string | null;
  /** What was thought before it, in the pieces in which it came. */
  thought: AppendOnly<string> | null;
  /** Sentences shown when the line is open. */
  more: readonly string[];
  evidence: readonly Evidence[];
};

/** The words of a line, without what the round's state adds. */
export type Wording = Pick<StepLine, "tone" | "title" | "detail"> & Partial<Pick<StepLine, "more">>;

type EventOf<Type extends RoundEvent["type"]> = Extract<RoundEvent, { type: Type }>;

/** Of a question with notes. */
export function tellQuestion({ question: { notes = [] } }: EventOf<"round-start">): Wording {
  return { tone: "doubt", title: "Read", detail: shorten(notes.join(" "), 120), more: notes };
}

export function tellImage({ name, width, height, color, kind, notes }: EventOf<"image-inspected">): Wording {
  const detail = `${shorten(name, 80)}, ${width} × ${height}, ${color}`;
  const more = kind ? [`${sayKind(kind)}.`, ...notes] : notes;
  return { tone: kind?.name === "other" ? "doubt" : "accent", title: "Looked", detail, more };
}

/** What an image is, and how sure that is: “chest X-ray, frontal · 0.98”. */
export function sayKind({ name, probability }: KindGuess): string {
  return `${imageKindTitles[name]} · ${probability.toFixed(2)}`;
}

export function tellPassages({ evidence, searched }: EventOf<"passages-retrieved">): Wording {
  const nothing = evidence.length === 0;
  return {
    tone: nothing ? "doubt" : "accent",
    title: "Looked up",
    detail: nothing ? "nothing found" : count(evidence.length, "passage"),
    more: [`${count(searched, "passage")} searched.`],
  };
}

export function tellCases({ evidence, searched, excluded }: EventOf<"cases-retrieved">): Wording {
  const nothing = evidence.length === 0;
  const { sameImage, nearIdentical = 0, samePatient, sameSlide } = excluded;
  const left = sameImage + nearIdentical + samePatient + sameSlide;
  const found = nothing ? "nothing found" : count(evidence.length, "case");
  return {
    tone: nothing ? "doubt" : "accent",
    title: nothing ? "Found no similar cases" : "Found similar cases",
    detail: left > 0 ? `${found}, ${left} left out` : found,
    more: [`${count(searched, "case")} compared.`, ...sayExclusions(excluded).map((part) => `${part}.`)],
  };
}

export function tellPages({ evidence, searched, leftOut, images }: EventOf<"pages-retrieved">): Wording {
  const nothing = evidence.length === 0;
  const { untrusted, blocked } = leftOut;
  const found = nothing ? "nothing found" : count(evidence.length, "page");
  return {
    tone: nothing ? "doubt" : "accent",
    title: "Looked on the web",
    detail: untrusted + blocked > 0 ? `${found}, ${untrusted + blocked} left out` : found,
    more: [
      `${count(searched, "result")} of the search service.`,
      ...(untrusted > 0 ? [`${untrusted} of no trusted publisher left out.`] : []),
      ...(blocked > 0 ? [`${blocked} blocked.`] : []),
      ...(images.length > 0 ? [`${count(images.length, "image")} named, none loaded.`] : []),
    ],
  };
}

export function tellRows({ evidence, searched }: EventOf<"rows-retrieved">): Wording {
  const nothing = evidence.length === 0;
  const detail = nothing ? "nothing found" : count(searched, "row");
  return { tone: nothing ? "doubt" : "accent", title: "Queried the records", detail };
}

export function tellDerived({ image, from, view, width, height, notes }: EventOf<"image-derived">): Wording {
  const { box, window, invert, caseId } = view;
  const done = [
    ...(box ? ["a part of it"] : []),
    ...(window ? [`window ${window.center} / ${window.width}`] : []),
    ...(invert ? ["inverted"] : []),
    ...(caseId === undefined ? [] : [`beside case ${shorten(caseId, 40)}`]),
  ];
  const detail = [`image ${image} of image ${from}`, ...done, `${width} × ${height}`].join(", ");
  return { tone: "accent", title: "Looked closer", detail, more: notes };
}

/** What a search for cases left out, in words; nothing where it left out nothing. */
export function sayExclusions({
  sameImage,
  nearIdentical = 0,
  samePatient,
  sameSlide,
}: EventOf<"cases-retrieved">["excluded"]): string[] {
  return [
    ...(sameImage > 0 ? [`${sameImage} with the same image left out`] : []),
    ...(nearIdentical > 0 ? [`${nearIdentical} nearly identical left out`] : []),
    ...(samePatient > 0 ? [`${samePatient} of the same patient left out`] : []),
    ...(sameSlide > 0 ? [`${sameSlide} of the same slide left out`] : []),
  ];
}

export function tellSent({ host, loopback, images, characters }: EventOf<"data-sent">): Wording {
  const sent = [
    ...(images > 0 ? [count(images, "image")] : []),
    ...(characters > 0 ? [count(characters, "character")] : []),
  ].join(", ");
  const detail = `${sent || "numbers that describe the images"} to ${shorten(host, 80)}`;
  const where = loopback ? "That is this machine." : "That is another machine.";
  return { tone: loopback ? "quiet" : "doubt", title: "Sent", detail, more: [where] };
}

export function tellInvalid({ hint }: EventOf<"action-invalid">): Wording {
  return { tone: "doubt", title: "Asked again", detail: shorten(hint, 120), more: [hint] };
}

export function tellDemand({ hint, reason }: EventOf<"answer-demanded">): Wording {
  const isUnsure = reason === "confidence";
  return {
    tone: "quiet",
    title: isUnsure ? "Asked to answer again" : "Asked to answer",
    detail: isUnsure ? "with similar cases at hand" : "a limit is reached",
    more: [hint],
  };
}

export function tellReconsidered({ first, second, kept, failure }: EventOf<"answer-reconsidered">): Wording {
  const say = ({ choice, confidence }: typeof first) =>
    [choice ?? "no option", ...(confidence === null ? [] : [confidence.toFixed(2)])].join(", ");
  return {
    tone: second === null ? "doubt" : "accent",
    title: kept === "first" ? "Kept the first answer" : "Took the second answer",
    detail: second === null ? "no second one came" : `first ${say(first)} · second ${say(second)}`,
    more: failure ? [failure.message] : [],
  };
}

export function tellFailure({ failure }: EventOf<"failure">): Wording {
  return { tone: "failure", title: "Failed", detail: shorten(failure.message, 160), more: [failure.cure] };
}

/** What ends a round before it has an answer. */
export function tellEnd({ failure }: EventOf<"failure">): Wording {
  const isStopped = failure.code === "interrupted";
  return { tone: isStopped ? "doubt" : "failure", title: isStopped ? "Stopped" : "Failed", detail: "" };
}

export function tellUnsure(measured: EventOf<"confidence-measured">): Wording {
  const { confidence, threshold } = measured;
  const title = confidence === null ? "Unsure" : `Unsure, ${confidence.toFixed(2)}`;
  const detail = `below ${threshold.toFixed(2)}: looked again`;
  return { tone: "doubt", title, detail, more: sayMeasure(measured) };
}

export function tellAnswer(
  { answer }: EventOf<"answer-final">,
  measured: EventOf<"confidence-measured"> | null,
): Wording {
  const title = answer.abstained ? "Abstained" : "Answered";
  const { confidence } = answer;
  const cited = new Set(answer.citations.map(({ evidence }) => evidence)).size;
  return {
    tone: answer.abstained ? "doubt" : "accent",
    title: confidence === null ? title : `${title}, ${confidence.toFixed(2)}`,
    detail: cited === 0 ? "nothing cited" : `${count(cited, "piece")} of evidence cited`,
    more: measured ? sayMeasure(measured) : [],
  };
}

function sayMeasure({ threshold, method }: EventOf<"confidence-measured">): string[] {
  return [`Measured as ${method}.`, `The threshold is ${threshold.toFixed(2)}.`];
}

/** What goes on while a look-up has not come back. */
export function tellPending(tool: ToolName): string {
  if (tool === "search_web") return "Looking on the web";
  if (tool === "query_records") return "Querying the records";
  if (tool === "inspect_image") return "Looking closer";
  return tool === "find_similar_cases" ? "Comparing with the library’s cases" : "Looking up";
}
