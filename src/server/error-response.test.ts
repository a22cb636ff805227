import { describe, expect, it, vi } from "vitest";
import { MedRoundsError } from "#contracts";
import { errorResponse } from "./error-response.ts";

describe("an error as a response", () => {
  it("carries code, message, cure and facts, without the places of this machine", async () => {
    const facts = { path: "/home/x", folder: "/home", field: "top" };
    const response = errorResponse(new MedRoundsError("request-invalid", "No.", facts));
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({
      error: {
        code: "request-invalid",
        message: "No.",
        cure: expect.stringContaining("/openapi.json"),
        facts: { field: "top" },
      },
    });
  });

  it("tells the client nothing of a defect, and the terminal all", async () => {
    const write = vi.spyOn(process.stderr, "write").mockReturnValue(true);
    const response = errorResponse(new RangeError("secret detail"));
    const said = String(write.mock.calls[0]?.[0]);
    write.mockRestore();
    const text = await response.text();
    expect([response.status, text.includes("secret"), text.includes(".ts")]).toEqual([500, false, false]);
    expect(text).toContain('"code":"internal"');
    expect(said).toMatch(/RangeError: secret detail\n.*error-response\.test\.ts/);
  });

  it("takes a client that left for no defect", () => {
    const write = vi.spyOn(process.stderr, "write").mockReturnValue(true);
    const response = errorResponse(Object.assign(new Error("aborted"), { code: "ECONNRESET" }));
    expect([response.status, write.mock.calls.length]).toEqual([499, 0]);
    write.mockRestore();
  });
});
