import { describe, expect, it } from "vitest";
import { parseJson } from "./parse-json.ts";

describe("parseJson", () => {
  it("gives the value, null too, and undefined for a text that is no JSON", () => {
    expect(parseJson('{"a":[1]}')).toEqual({ a: [1] });
    expect(parseJson("null")).toBeNull();
    for (const text of ["", "{", "undefined", "NaN"]) expect(parseJson(text), text).toBeUndefined();
  });
});
