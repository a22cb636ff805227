import { useEffect, useState } from "react";
import type { Case, Comparison } from "#contracts";
import { type ApiFailure, compareCase, readEntry } from "../api.ts";
import { knownImage, type QueryImage } from "./similar-query.ts";

/** Where an image and a case look alike; null until it is known. */
export function useComparison(
  image: QueryImage,
  caseId: string,
): { comparison: Comparison | null; failure: ApiFailure | null } {
  const asked = JSON.stringify({ caseId, known: knownImage(image) });
  const [found, setFound] = useState<{
    asked: string;
    comparison: Comparison | null;
    failure: ApiFailure | null;
  }>();
  useEffect(() => {
    const comparing = new AbortController();
    const { signal } = comparing;
    compareCase(JSON.parse(asked), signal).then((answer) => {
      if (signal.aborted) return;
      setFound({
        asked,
        comparison: answer.type === "ok" ? answer.value : null,
        failure: answer.type === "failure" ? answer.failure : null,
      });
    });
    return () => comparing.abort();
  }, [asked]);
  return found?.asked === asked ? found : { comparison: null, failure: null };
}

/** A case by its id, where no search of the page has it. */
export function useCase(
  id: string,
  known: Case | undefined,
): { found: Case | null; failure: ApiFailure | null } {
  const [read, setRead] = useState<{ id: string; found: Case | null; failure: ApiFailure | null }>();
  const isKnown = known !== undefined;
  useEffect(() => {
    if (isKnown) return;
    let current = true;
    readEntry(id).then((answer) => {
      if (!current) return;
      const missing = { message: "There is no such case.", cure: "Go back to the similar cases." };
      if (answer.type === "failure") setRead({ id, found: null, failure: answer.failure });
      else if (answer.value.type === "case") setRead({ id, found: answer.value.case, failure: null });
      else setRead({ id, found: null, failure: missing });
    });
    return () => {
      current = false;
    };
  }, [id, isKnown]);
  if (known) return { found: known, failure: null };
  return read?.id === id ? read : { found: null, failure: null };
}
