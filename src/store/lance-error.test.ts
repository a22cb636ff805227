import { describe, expect, it } from "vitest";
import { MedRoundsError } from "#contracts";
import { withLanceErrors } from "./lance-error.ts";

const thrown = (error: unknown) =>
  withLanceErrors(() => Promise.reject(error)).catch((reason: unknown) => reason);

describe("an error of LanceDB", () => {
  it.each([
    ["LanceError(IO): … No space left on device (os error 28), …", "disk-full"],
    ["LanceError(IO): … Permission denied (os error 13), …", "path-unwritable"],
    ["LanceError(IO): … Read-only file system (os error 30), …", "path-unwritable"],
    ["LanceError(IO): Generic memory error: Invalid range 0..0, …", "library-unreadable"],
    ["Table 'passages' was not found", "library-unreadable"],
  ])("that says “%s” is %s", async (message, code) => {
    expect(await thrown(new Error(message))).toMatchObject({ code });
  });

  it("of another kind stays as it is", async () => {
    for (const error of [new Error("Invalid user input"), new MedRoundsError("vector-invalid", "x"), "x"]) {
      expect(await thrown(error)).toBe(error);
    }
  });
});
