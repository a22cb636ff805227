import { describe, expect, it } from "vitest";
import { type ErrorCode, errorCures } from "#contracts";
import { anyErrors } from "./route-errors.ts";
import { routes } from "./routes/list.ts";
import { codesByStatus, statusOf } from "./status.ts";

/** Codes that commands end with, that keep a server from starting, or that events of a round tell: no answer to a request. */
const elsewhere: readonly ErrorCode[] = [
  "library-folder-occupied",
  "vectors-missing",
  "entry-missing",
  "path-occupied",
  "file-not-text",
  "file-damaged",
  "file-encrypted",
  "file-without-text",
  "node-too-old",
  "file-compression-broken",
  "row-not-json",
  "row-invalid",
  "row-too-long",
  "row-without-text",
  "cases-too-few",
  "training-data-empty",
  "split-leaking",
  "id-conflict",
  "burned-in-text",
  "frame-missing",
  "store-invalid",
  "store-mismatch",
  "store-client-missing",
  "store-text-too-long",
  "script-invalid",
  "destination-refused",
  "endpoint-unreachable",
  "endpoint-refused",
  "endpoint-broken",
  "endpoint-busy",
  "endpoint-stalled",
  "continuation-unsupported",
  "model-refused",
  "reply-too-long",
  "images-too-many",
  "image-over-limit",
  "reply-invalid",
  "model-source-invalid",
  "embedder-family-unknown",
  "model-unusable",
  "records-unreadable",
  "records-client-missing",
  "records-node-too-old",
  "query-refused",
  "queries-too-many",
  "query-too-long",
  "query-too-large",
  "query-broken",
  "image-view-invalid",
  "images-derived-too-many",
  "records-missing",
  "model-silent",
  "download-missing",
  "download-refused",
  "download-unreachable",
  "download-broken",
  "download-corrupt",
  "archive-unsafe",
  "archive-broken",
  "archive-nested",
  "transformers-missing",
  "image-text-unreadable",
  "image-encoder-unusable",
  "image-family-unknown",
  "golden-mismatch",
  "encoder-host-unknown",
  "address-in-use",
  "token-needed",
  "resume-impossible",
  "record-unreadable",
  "record-busy",
  "replay-impossible",
  "replay-differs",
  "resume-differs",
  "time-exceeded",
  "interrupted",
  "web-search-missing",
  "web-search-invalid",
  "web-search-key-missing",
  "web-search-refused",
  "web-search-unreachable",
  "web-search-broken",
  "web-page-refused",
  "web-page-unreadable",
  "query-names-patient",
  "web-query-too-long",
  "tool-failed",
  "data-set-invalid",
  "data-set-unclear",
  "predictions-invalid",
  "sample-invalid",
  "sample-duplicate",
  "sample-changed",
  "prompt-invalid",
  "few-shot-leaking",
  "few-shot-file-invalid",
  "suite-invalid",
  "judge-missing",
  "judge-invalid",
  "judge-uncalibrated",
  "judge-unreachable",
  "run-missing",
  "run-unscored",
  "run-unreadable",
  "run-differs",
  "run-busy",
  "calibration-unfounded",
  "safety-checklist-invalid",
  "training-data-missing",
  "training-plan-invalid",
  "engine-missing",
  "training-service-failed",
  "trainer-failed",
];
const answered: readonly ErrorCode[] = Object.values(codesByStatus).flat();
const listed = [...anyErrors, ...routes.flatMap(({ errors }) => errors)];

describe("the statuses of errors", () => {
  it("are settled for every code: an answer with a status of its own, or no answer to a request", () => {
    expect([...answered, ...elsewhere].toSorted()).toEqual(Object.keys(errorCures).toSorted());
  });

  it("are of codes that a route lists, and a route lists no others", () => {
    expect(new Set(listed)).toEqual(new Set(answered));
  });

  it("are 500 only where the server itself is at fault", () => {
    expect(answered.filter((code) => statusOf(code) === 500)).toEqual(["internal", "round-unreadable"]);
  });

  it("are listed once by each route", () => {
    for (const { path, errors } of routes) expect(new Set(errors).size, path).toBe(errors.length);
  });
});
