import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type ErrorCode, errorCures } from "#contracts";
import { exitCodeOf } from "../src/cli/exit.ts";
import { projectRoot } from "./support/run-cli.ts";

const codes = Object.keys(errorCures) as ErrorCode[];
/** Without the table itself, the list of exit codes, and comparisons. */
const source = readdirSync(join(projectRoot, "src"), { recursive: true, encoding: "utf8" })
  .filter((file) => /\.tsx?$/.test(file) && !/\.test\.|^contracts.errors|^cli.exit/.test(file))
  .map((file) => readFileSync(join(projectRoot, "src", file), "utf8"))
  .join("\n")
  .replace(/[!=]== "[a-z-]+"/g, "");

describe("the table of errors", () => {
  it("holds no code that is never thrown", () => {
    // "internal" is what a thrown value becomes that is no error of ours.
    const dead = codes.filter((code) => code !== "internal" && !source.includes(`"${code}"`));
    expect(dead).toEqual([]);
  });

  it("gives each code a cure in one sentence", () => {
    for (const code of codes)
      expect(errorCures[code], code).toMatch(/^[A-Z][^\n]*([^.\s]\.|: npm install \S+)$/);
  });

  it("is what docs/errors.md says (npx vitest run test/errors.test.ts -u writes it)", async () => {
    const rows = codes.map((code) => `| \`${code}\` | ${exitCodeOf(code)} | ${errorCures[code]} |`);
    const document = [
      "# Errors",
      "",
      "Every error has a code that scripts may depend on, a message that says what happened, and a cure that says what",
      "to do. With `--json` it is `{ error: { code, message, cure, facts } }` on stdout. The exit code is that of the command",
      "line where the error ends a command; a refused file or row, or a failed step of a round, ends nothing.",
      "",
      "| Code | Exit | What to do |",
      "| --- | --- | --- |",
      ...rows,
      "",
    ];
    await expect(document.join("\n")).toMatchFileSnapshot(join(projectRoot, "docs/errors.md"));
  });
});
