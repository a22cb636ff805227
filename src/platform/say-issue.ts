import type { z } from "zod";

/** How Zod's own messages begin; others are of the schema. */
const ownMessage = /^(?:Invalid|Too )/;

const typeNames: Readonly<Record<string, string>> = {
  array: "a list",
  object: "a map of keys and values",
  record: "a map of keys and values",
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
};

/** What is wrong with a value, as the second half of a sentence; in the schema's words where it has some. `content` is the whole. */
export function sayIssue(issue: z.core.$ZodIssue, content: unknown): string {
  if (!ownMessage.test(issue.message)) return issue.message;
  if (issue.path.length > 0 && valueAt(content, issue.path) === undefined) return "it is missing";
  switch (issue.code) {
    case "invalid_type":
      return `it must be ${typeNames[issue.expected] ?? issue.expected}`;
    case "invalid_value":
      return `it must be ${issue.values.length > 1 ? "one of " : ""}${issue.values.join(", ")}`;
    case "too_small":
      return `it must ${measured(issue.origin)}${issue.inclusive === false ? "more than" : "at least"} ${issue.minimum}`;
    case "too_big":
      return `it must ${measured(issue.origin)}${issue.inclusive === false ? "less than" : "at most"} ${issue.maximum}`;
    default:
      return issue.message;
  }
}

function measured(origin: string): string {
  if (origin === "string") return "be a text whose length is ";
  return origin === "array" || origin === "set" ? "be a list whose length is " : "be ";
}

function valueAt(content: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce(
    (value, key) =>
      typeof value === "object" && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined,
    content,
  );
}
