import { describe, expect, it } from "vitest";
import { z } from "zod";
import { exampleOf } from "./example-of-schema.ts";

describe("the example of a schema", () => {
  const step = z.object({
    title: z.string().min(12),
    confidence: z.number().min(0.5).max(1),
    kind: z.enum(["look", "reason"]),
    done: z.boolean(),
    note: z.string().nullable(),
  });
  it.each([
    ["objects in lists", z.object({ steps: z.array(step).min(2), answer: z.string() })],
    ["unions", z.union([z.object({ type: z.literal("a"), n: z.int() }), z.string()])],
    ["references", z.object({ first: step.meta({ id: "step" }), second: step })],
  ])("fits it: %s", (_, schema) => {
    expect(schema.safeParse(exampleOf(z.toJSONSchema(schema))).error).toBeUndefined();
  });

  it("ends where a schema refers to itself, and is null where there is none", () => {
    const schema = { type: "object", properties: { child: { $ref: "#" } } };
    expect(JSON.stringify(exampleOf(schema)).length).toBeLessThan(400);
    expect(exampleOf(null)).toBeNull();
    expect(exampleOf({ $ref: "#/nowhere" })).toBeNull();
  });
});
