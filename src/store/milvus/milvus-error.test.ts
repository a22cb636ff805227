import { describe, expect, it } from "vitest";
import { MedRoundsError } from "#contracts";
import { isOutage, isRefusal, milvusError, requireSuccess } from "./milvus-error.ts";

const grpc = (code: number, message: string) => Object.assign(new Error(message), { code });
function refusal(status: object): unknown {
  try {
    return requireSuccess({ status });
  } catch (error) {
    return error;
  }
}

describe("an error of Milvus", () => {
  it.each([
    [grpc(14, "14 UNAVAILABLE: No connection established"), "store-unreachable"],
    [grpc(4, "4 DEADLINE_EXCEEDED"), "store-unreachable"],
    [grpc(13, "13 INTERNAL: Received RST_STREAM"), "store-unreachable"],
    [grpc(16, "16 UNAUTHENTICATED"), "store-refused"],
    [new TypeError("Cannot read properties of null (reading 'scores')"), "store-refused"],
    [refusal({ code: 1, reason: "[Errno 28] No space left on device" }), "disk-full"],
    [refusal({ error_code: "IllegalArgument", reason: "bad" }), "store-refused"],
    [refusal({ code: 65_535, error_code: "Success", reason: "quota exceeded" }), "store-refused"],
  ])("%s is %s", (error, code) => {
    expect(milvusError(error, "127.0.0.1:1")).toMatchObject({ code, facts: { address: "127.0.0.1:1" } });
  });

  it("of our own or of nobody's stays as it is", () => {
    for (const error of [new MedRoundsError("vector-invalid", "x"), new Error("x"), "x"]) {
      expect(milvusError(error, "127.0.0.1:1")).toBe(error);
    }
  });

  it("is an outage only where no answer came", () => {
    expect(isOutage(grpc(14, "x"))).toBe(true);
    expect(isOutage(refusal({ code: 14 }))).toBe(false);
  });

  it("is known by its code also after it was told", () => {
    const told = milvusError(refusal({ code: 101, reason: "not loaded" }), "127.0.0.1:1");
    expect([isRefusal(told, 101), isRefusal(told, 8)]).toEqual([true, false]);
  });
});

it("takes an answer without a word of failure as a success", () => {
  const answers = [{ status: { error_code: "Success", code: 0 }, value: 1 }, { error_code: "Success" }, {}];
  for (const answer of answers) expect(requireSuccess(answer)).toBe(answer);
});
