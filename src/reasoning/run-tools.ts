import { type Evidence, MedRoundsError, toFailure, withoutPlaces } from "#contracts";
import { renderEvidence } from "./evidence-text.ts";
import type { Search, ToolCall } from "./policy.ts";
import { tools } from "./tools/list.ts";
import type { ToolContext, ToolResult } from "./tools/tool.ts";

/** Numbers evidence in order of arrival. A passage or case that comes again keeps its number. */
export class EvidenceShelf {
  readonly all: Evidence[] = [];
  readonly #numbers = new Map<string, number>();

  add(result: ToolResult, query: string): Evidence[] {
    const found =
      result.type === "passages"
        ? result.hits.map(({ passage, score }) => ({ type: "passage" as const, query, score, passage }))
        : result.hits.map(({ case: item, score }) => ({ type: "case" as const, query, score, case: item }));
    return found.map((item) => {
      const key = item.type === "passage" ? `passage ${item.passage.id}` : `case ${item.case.id}`;
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

/**
 * Makes the calls of one step at the same time and gives their outcomes in the order of the calls. A failed call is an
 * outcome with its failure, so that one broken tool never loses a round. Rejects only when the signal aborts, and then at once: a
 * search that still runs is left behind.
 */
export async function runTools(request: {
  calls: readonly ToolCall[];
  context: ToolContext;
  shelf: EvidenceShelf;
  signal: AbortSignal;
  onDefect: ((error: unknown) => void) | undefined;
}): Promise<Search[]> {
  const { calls, context, shelf, signal, onDefect } = request;
  const running = calls.map((call) => tools[call.tool].run(call.query, context));
  const settled = await unlessAborted(Promise.allSettled(running), signal);
  return settled.map((result, index) => {
    const call = calls[index] as ToolCall;
    if (result.status === "rejected") {
      if (!MedRoundsError.is(result.reason)) onDefect?.(result.reason);
      const failure = withoutPlaces(toFailure(result.reason, "tool-failed"));
      return { call, evidence: [], searched: 0, failure, text: `The search failed: ${failure.message}` };
    }
    const evidence = shelf.add(result.value, call.query);
    const { searched } = result.value;
    const excluded = result.value.type === "cases" ? { excluded: result.value.excluded } : {};
    return { call, evidence, searched, ...excluded, text: renderEvidence(evidence) };
  });
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
