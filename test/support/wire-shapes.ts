import { readFile } from "node:fs/promises";
import { join } from "node:path";

const folder = join(import.meta.dirname, "../fixtures/chat-replies");

/** A file of a vendor's replies in `test/fixtures/chat-replies`. */
export function readFixture(vendor: string, file: string): Promise<string> {
  return readFile(join(folder, vendor, file), "utf8");
}

/** Which fields a value has and of which type they are, as text; of a list the shapes that occur. */
export function shapeOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return `[${[...new Set(value.map(shapeOf))].join(" | ")}]`;
  if (typeof value !== "object") return typeof value;
  const fields = Object.entries(value).map(([key, field]) => `${key}: ${shapeOf(field)}`);
  return `{ ${fields.sort().join(", ")} }`;
}

/** The shapes of a stream's events in order, each run of the same once: server-sent events, or a JSON object a line. */
export function streamShapes(wire: string): string[] {
  const events = wire.includes("data: ") ? wire.split(/\r?\n\r?\n/) : wire.split("\n");
  const shapes = events.filter((event) => event.trim() !== "").map(shapeOfEvent);
  return shapes.filter((shape, index) => shape !== shapes[index - 1]);
}

function shapeOfEvent(event: string): string {
  const lines = event.split(/\r?\n/);
  const name = lines.find((line) => line.startsWith("event: ")) ?? "";
  const data = lines
    .filter((line) => !line.startsWith("event: "))
    .map((line) => line.replace(/^data: /, ""))
    .join("\n");
  return `${name} ${data === "[DONE]" ? data : shapeOf(JSON.parse(data))}`.trim();
}
