import { type ErrorCode, MedRoundsError } from "#contracts";

/** An answer of Milvus that says no. The codes are those of `common.Status` in milvus-proto. */
class MilvusRefusal extends Error {
  readonly code: number;

  constructor({ code, reason }: { code: number; reason: string }) {
    super(reason);
    this.name = "MilvusRefusal";
    this.code = code;
  }
}

type Status = { error_code?: string | number; code?: number; reason?: string };

/**
 * An answer as it came, where it is a success. The client gives errors of the server as answers, and an empty answer where the
 * server doesn't know the request.
 */
export function requireSuccess<Answer>(answer: Answer): Answer {
  const { status = answer } = (answer ?? {}) as { status?: unknown };
  const { error_code: name = "Success", code = 0, reason = "" } = (status ?? {}) as Status;
  if (Number(code) === 0 && (name === "Success" || Number(name) === 0)) return answer;
  throw new MilvusRefusal({ code: Number(code), reason });
}

/** Whether an error comes from an answer with this code. */
export function isRefusal(error: unknown, code: number): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return [error, cause].some((reason) => reason instanceof MilvusRefusal && reason.code === code);
}

/** Codes of gRPC: 1 canceled, 4 time exceeded, 14 unavailable. */
const [timeExceeded, unavailable] = [4, 14];
const unauthenticated: readonly number[] = [7, 16];

function grpcCode(error: unknown): number {
  return error instanceof Error && !(error instanceof MilvusRefusal) && "code" in error
    ? Number(error.code)
    : -1;
}

/** Whether the server could not be reached, so that the request may be tried again. */
export function isOutage(error: unknown): boolean {
  return grpcCode(error) === unavailable;
}

/** An error of Milvus, of its client or of the network as one of ours; a defect as it is. */
export function milvusError(error: unknown, address: string): unknown {
  if (MedRoundsError.is(error) || !(error instanceof Error)) return error;
  const told = (code: ErrorCode, message: string) =>
    new MedRoundsError(code, message, { address, reason: shorten(error.message) }, { cause: error });
  const code = grpcCode(error);
  if (code === timeExceeded) return told("store-unreachable", "Milvus did not answer in time.");
  if (unauthenticated.includes(code)) return told("store-refused", "Milvus does not let this user in.");
  if (code === unavailable) return told("store-unreachable", "Milvus can't be reached.");
  if (/No space left on device/i.test(error.message)) return told("disk-full", "Milvus has no space left.");
  if (error instanceof MilvusRefusal)
    return told("store-refused", `Milvus refused a request: ${shorten(error.message)}`);
  // The client reads an answer that says no to a search as if it were one with hits.
  if (error instanceof TypeError)
    return told("store-refused", "Milvus gave an answer that its client can't read.");
  return code >= 0 ? told("store-unreachable", "The connection to Milvus broke.") : error;
}

function shorten(reason: string): string {
  const line = reason.replace(/\s+/g, " ").trim();
  return line.length > 300 ? `${line.slice(0, 300)}…` : line;
}
