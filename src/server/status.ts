import type { ErrorCode } from "#contracts";

/** The codes that a request can be answered with, by their HTTP status (RFC 9110, RFC 4918). */
export const codesByStatus = {
  400: [
    "question-empty",
    "option-invalid",
    "box-invalid",
    "file-empty",
    "image-truncated",
    "image-unreadable",
    "dicom-damaged",
    "recipe-missing",
    "request-invalid",
    "reward-profile-unknown",
  ],
  401: ["token-missing"],
  403: ["host-refused"],
  404: ["path-missing", "file-outside-folder", "route-missing", "round-missing", "evidence-missing"],
  409: ["library-empty", "embedder-mismatch"],
  413: [
    "question-too-long",
    "file-too-large",
    "file-expands-too-far",
    "image-too-large",
    "decoding-limit",
    "request-too-large",
  ],
  415: ["file-unsupported", "image-not-image", "dicom-without-pixels", "dicom-form-unsupported"],
  422: ["image-kind-refused", "question-not-medical"],
  500: ["internal", "round-unreadable"],
  502: ["service-refused", "service-broken", "score-invalid", "vector-invalid"],
  503: [
    "library-missing",
    "library-unreadable",
    "library-newer",
    "library-older",
    "library-busy",
    "key-invalid",
    "path-unreadable",
    "path-not-file",
    "path-unwritable",
    "usage-invalid",
    "recipe-invalid",
    "endpoint-missing",
    "endpoint-invalid",
    "local-model-missing",
    "local-model-unclear",
    "calibration-invalid",
    "calibration-mismatch",
    "configuration-missing",
    "configuration-invalid",
    "variable-invalid",
    "store-unreachable",
    "store-refused",
    "service-unreachable",
    "similarity-missing",
    "server-busy",
    "server-closing",
    "page-missing",
  ],
  507: ["disk-full"],
} as const satisfies Record<number, readonly ErrorCode[]>;

const statuses = new Map<ErrorCode, number>(
  Object.entries(codesByStatus).flatMap(([status, codes]) =>
    codes.map((code) => [code, Number(status)] as const),
  ),
);

/** The HTTP status of an error; 500 where a request can't be its cause. */
export function statusOf(code: ErrorCode): number {
  return statuses.get(code) ?? 500;
}
