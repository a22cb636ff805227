import { describe, expect, it } from "vitest";
import { caseImageAddress } from "./api.ts";

describe("the address of a case's image", () => {
  it("names the image's content, so that a browser may keep it", () => {
    expect(caseImageAddress({ id: "c/a 1", image: "0f.png" }, "thumbnail")).toBe(
      "v1/cases/c%2Fa%201/image?size=thumbnail&address=0f.png",
    );
  });
});
