import { type Evidence, MedRoundsError, toFailure, withoutPlaces } from "#contracts";
import type { Grammar } from "#transcript";
import { evidenceKey, type Unnumbered } from "./evidence-key.ts";
import { renderEvidence } from "./evidence-text.ts";
import { neutralize } from "./guards/neutralize.ts";
import type { Search, ToolCall } from "./policy.ts";
import type { RoundImage } from "./ports.ts";
import { tools } from "./tools/list.ts";
import type { ToolContext, ToolResult } from "./tools/tool.ts";
import { sayDerived } from "./tools/view-words.ts";

/** Numbers evidence in order of arrival. What comes again keeps its number. */
export class EvidenceShelf {
  readonly all: Evidence[] = [];
  readonly #numbers = new Map<string, number>();

  add(result: ToolResult, query: string): Evidence[] {
    return evidenceOf(result, query).map((item) => {
      const key = evidenceKey(item);
      const number = this.#numbers.get(key) ?? this.all.length + 1;
      const evidence: Evidence = { ...item, number };
      if (!this.#numbers.has(key)) {
        this.#numbers.set(key, number);
        this.all.push(evidence);
      }
      return evidence;
    });
  }
}

function evidenceOf(result: ToolResult, query: string): Unnumbered[] {
  switch (result.type) {
    case "passages":
      return result.hits.map(({ passage, score }) => ({ type: "passage", query, score, passage }));
    case "cases":
      return result.hits.map(({ case: item, score }) => ({ type: "case", query, score, case: item }));
    case "pages":
      return result.hits.map((page) => ({ type: "page", query, page }));
    case "rows":
      return result.hits.map((table) => ({ type: "rows", query, table }));
    case "image":
      return [];
  }
}

/**
 * Makes the calls of one step at the same time and gives their outcomes in the order of the calls. A failed call is an
 * outcome with its failure, so that one broken tool never loses a round. Rejects only when the signal aborts, and then at once: a
 * search that still runs is left behind.
 */
export async function runTools(request: {
  calls: readonly ToolCall[];
  context: ToolContext;
  shelf: EvidenceShelf;
  /** The round's images; those that are derived are added. */
  images: RoundImage[];
  grammar: Grammar | undefined;
  signal: AbortSignal;
  onDefect: ((error: unknown) => void) | undefined;
}): Promise<Search[]> {
  const { calls, context, shelf, images, grammar, signal, onDefect } = request;
  const running = calls.map((call) => tools[call.tool].run(call.query, context));
  const settled = await unlessAborted(Promise.allSettled(running), signal);
  return settled.map((result, index) => {
    const call = calls[index] as ToolCall;
    if (result.status === "rejected") {
      if (!MedRoundsError.is(result.reason)) onDefect?.(result.reason);
      const failure = withoutPlaces(toFailure(result.reason, "tool-failed"));
      return {
        call,
        evidence: [],
        searched: 0,
        failure,
        details: null,
        text: neutralize(`The search failed: ${failure.message}`, grammar),
      };
    }
    if (result.value.type === "image") return derived(call, result.value, images);
    const evidence = shelf.add(result.value, call.query);
    return { call, evidence, ...detailsOf(result.value), text: renderEvidence(evidence, grammar) };
  });
}

/** Gives a derived image its number. */
function derived(
  call: ToolCall,
  result: Extract<ToolResult, { type: "image" }>,
  images: RoundImage[],
): Search {
  const { image, from, view } = result;
  const number = images.push(image);
  const { width, height } = image;
  const text = sayDerived({ number, from, view, width, height });
  return { call, evidence: [], searched: 0, details: { type: "image", image, number, from, view }, text };
}

/** What a search tells beside its evidence. */
function detailsOf(result: Exclude<ToolResult, { type: "image" }>): Pick<Search, "searched" | "details"> {
  const { searched } = result;
  if (result.type === "cases") return { searched, details: { type: "cases", excluded: result.excluded } };
  if (result.type !== "pages") return { searched, details: { type: result.type } };
  const { leftOut, images } = result;
  return { searched, details: { type: "pages", leftOut, images: [...images] } };
}

async function unlessAborted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  signal.throwIfAborted();
  let abort = () => {};
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(signal.reason);
    signal.addEventListener("abort", abort);
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}
