import { useEffect, useState } from "react";
import type { System } from "#contracts";
import { type ApiFailure, type ApiResult, readSystem } from "./api.ts";

/** What the server says of itself; null until it has. `retry` asks again. */
export function useSystem(): { system: System | null; failure: ApiFailure | null; retry: () => void } {
  const [result, setResult] = useState<ApiResult<System> | null>(null);
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt asks again.
  useEffect(() => {
    let current = true;
    readSystem().then((next) => current && setResult(next));
    return () => {
      current = false;
    };
  }, [attempt]);
  return {
    system: result?.type === "ok" ? result.value : null,
    failure: result?.type === "failure" ? result.failure : null,
    retry: () => setAttempt(attempt + 1),
  };
}
