import type { Fault, FaultName } from "./fault.ts";
import type { Problem } from "./problem.ts";

/** The faults that are said before any reply. `now` is in milliseconds since 1970. */
export function problemOf({ name, value }: Fault, now: number): Problem | undefined {
  const make = problems[name];
  return make?.(value, now);
}

const problems: Partial<Record<FaultName, (value: number | null, now: number) => Problem>> = {
  "rate-limited": (value) => ({ status: 429, message: "Scripted: too many requests.", ...after(value) }),
  "rate-limited-until": (value, now) => ({
    status: 429,
    message: "Scripted: too many requests.",
    retryAfter: new Date(now + (value ?? 2) * 1000).toUTCString(),
  }),
  "server-error": () => ({ status: 500, message: "Scripted: the server failed." }),
  unavailable: (value) => ({ status: 503, message: "Scripted: the server is overloaded.", ...after(value) }),
  unauthorized: () => ({ status: 401, message: "Scripted: the key is not known." }),
  "model-missing": () => ({ status: 404, message: "Scripted: there is no such model." }),
};

function after(seconds: number | null): Partial<Problem> {
  return seconds === null ? {} : { retryAfter: String(seconds), retrySeconds: seconds };
}
