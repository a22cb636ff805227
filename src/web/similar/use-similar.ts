import { useEffect, useState } from "react";
import type { CaseValues, SearchResult } from "#contracts";
import { type ApiFailure, type ApiResult, readCaseValues, searchLibrary } from "../api.ts";
import type { SimilarQuery } from "./similar-query.ts";
import { requestOf } from "./similar-request.ts";

/** Milliseconds for which a query must stay as it is, so that a box that is moved by keys is not searched for at each step. */
const pause = 120;

export type Similar = {
  /** The last result; it stays while the next one is on its way. */
  result: SearchResult | null;
  failure: ApiFailure | null;
  isSearching: boolean;
  retry: () => void;
};

/** Searches for the cases of a query, and again whenever it changes. */
export function useSimilar(query: SimilarQuery): Similar {
  const asked = JSON.stringify(requestOf(query));
  const [attempt, setAttempt] = useState(0);
  const [found, setFound] = useState<{ asked: string; answer: ApiResult<SearchResult> } | null>(null);
  const [kept, setKept] = useState<SearchResult | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt asks again.
  useEffect(() => {
    const searching = new AbortController();
    const { signal } = searching;
    const timer = setTimeout(async () => {
      const answer = await searchLibrary(asked, signal);
      if (signal.aborted) return;
      setFound({ asked, answer });
      if (answer.type === "ok") setKept(answer.value);
    }, pause);
    return () => {
      clearTimeout(timer);
      searching.abort();
    };
  }, [asked, attempt]);
  const isSearching = found?.asked !== asked;
  const failure = !isSearching && found?.answer.type === "failure" ? found.answer.failure : null;
  const retry = () => {
    setFound(null);
    setAttempt(attempt + 1);
  };
  return { result: kept, failure, isSearching, retry };
}

/** What cases can be narrowed to; null until it is known, and where it can't be had. */
export function useCaseValues(): CaseValues | null {
  const [values, setValues] = useState<CaseValues | null>(null);
  useEffect(() => {
    let current = true;
    readCaseValues().then((answer) => {
      if (current && answer.type === "ok") setValues(answer.value);
    });
    return () => {
      current = false;
    };
  }, []);
  return values;
}
