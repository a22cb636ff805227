import { expect, it } from "vitest";
import { loadTransformers } from "./load-transformers.ts";

it("says with the exact command how to install the package where it is missing", async () => {
  const missing = Object.assign(new Error("Cannot find package"), { code: "ERR_MODULE_NOT_FOUND" });
  await expect(loadTransformers(() => Promise.reject(missing))).rejects.toMatchObject({
    code: "transformers-missing",
    cure: expect.stringContaining("npm install @huggingface/transformers"),
    facts: { cause: "ERR_MODULE_NOT_FOUND" },
  });
});
