import { describe, expect, it } from "vitest";
import { readAddress } from "./use-address.ts";

describe("the page's address", () => {
  it("names a round, and a piece of its evidence", () => {
    expect(readAddress("#/rounds/ab-12")).toEqual({ roundId: "ab-12", evidence: null, similar: null });
    expect(readAddress("#/rounds/ab-12/evidence/7")).toEqual({
      roundId: "ab-12",
      evidence: 7,
      similar: null,
    });
  });

  it("names the similar cases of a round, and one of them", () => {
    const named = (hash: string) => readAddress(hash).similar;
    expect(named("#/rounds/ab-12/cases")).toEqual({ caseId: null });
    expect(named("#/rounds/ab-12/cases/chest%2Fa%23b")).toEqual({ caseId: "chest/a#b" });
    expect(named("#/rounds/ab-12/cases/%E0%A4%A")).toEqual({ caseId: null });
  });

  it.for([
    "",
    "#/",
    "#/rounds/",
    "#/rounds/a%2Fb",
    "#/rounds/a/evidence/0",
    "#/rounds/a/evidence/x",
    "#/rounds/a/b",
    "#/rounds/a/cases/b/c",
    "#/rounds/a/casesx",
  ])("%s names none", (hash) => {
    expect(readAddress(hash)).toEqual({ roundId: null, evidence: null, similar: null });
  });
});
