import type { ErrorCode } from "#contracts";

const statuses: Partial<Record<ErrorCode, number>> = {
  "question-empty": 400,
  "question-too-long": 413,
  "option-invalid": 400,
  "library-missing": 503,
  "library-empty": 409,
  "library-unreadable": 503,
  "library-newer": 503,
  "library-older": 503,
  "library-busy": 503,
  "embedder-mismatch": 409,
  "path-missing": 404,
  "path-unreadable": 503,
  "path-not-file": 503,
  "path-unwritable": 503,
  "disk-full": 503,
  "file-empty": 400,
  "file-too-large": 413,
  "file-outside-folder": 404,
  "file-unsupported": 415,
  "image-not-image": 415,
  "image-truncated": 400,
  "image-too-large": 413,
  "image-unreadable": 400,
  "endpoint-missing": 503,
  "endpoint-invalid": 503,
  "similarity-missing": 503,
  "request-invalid": 400,
  "request-too-large": 413,
  "server-busy": 503,
  "server-closing": 503,
  "token-missing": 401,
  "host-refused": 403,
  "route-missing": 404,
  "round-missing": 404,
  "evidence-missing": 404,
  "page-missing": 503,
};

/** The HTTP status (RFC 9110) of an error; 500 where a request can't be its cause. */
export function statusOf(code: ErrorCode): number {
  return statuses[code] ?? 500;
}
