import type { ErrorCode } from "#contracts";

/** What can be wrong with an image that a request brings. */
export const imageErrors = [
  "file-empty",
  "file-unsupported",
  "file-expands-too-far",
  "image-not-image",
  "image-truncated",
  "image-too-large",
  "image-unreadable",
  "decoding-limit",
  "dicom-damaged",
  "dicom-without-pixels",
  "dicom-form-unsupported",
] as const satisfies readonly ErrorCode[];
