import { describe, expect, it } from "vitest";
import { readAddress } from "./use-address.ts";

describe("the page's address", () => {
  it("names a round, and a piece of its evidence", () => {
    expect(readAddress("#/rounds/ab-12")).toEqual({ roundId: "ab-12", evidence: null });
    expect(readAddress("#/rounds/ab-12/evidence/7")).toEqual({ roundId: "ab-12", evidence: 7 });
  });

  it.for([
    "",
    "#/",
    "#/rounds/",
    "#/rounds/a%2Fb",
    "#/rounds/a/evidence/0",
    "#/rounds/a/evidence/x",
    "#/rounds/a/b",
  ])("%s names none", (hash) => {
    expect(readAddress(hash)).toEqual({ roundId: null, evidence: null });
  });
});
