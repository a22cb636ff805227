import { describe, expect, it } from "vitest";
import { showInterval, signed } from "./figures.ts";

describe("figures", () => {
  it("have a minus sign wherever they are negative, and none for zero", () => {
    expect([0.25, -0.25, 0.00004, -0.00004].map(signed)).toEqual(["+0.2500", "−0.2500", "0.0000", "0.0000"]);
    expect(showInterval([-0.05, 0.1])).toBe("−0.0500 to 0.1000");
  });

  it("are a dash where there is no interval", () => {
    expect(showInterval(null)).toBe("–");
  });
});
