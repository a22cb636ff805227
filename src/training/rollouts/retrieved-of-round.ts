import type { Evidence, RoundEvent } from "#contracts";
import type { RetrievedDocument, RetrievedSet } from "../rewards/trajectory.ts";

/** What each search of a round gave, in the order in which they were made. */
export function retrievedOfRound(events: readonly RoundEvent[]): RetrievedSet[] {
  const found = new Map<string, readonly Evidence[]>();
  for (const event of events) {
    if ("evidence" in event && "call" in event) found.set(event.call, event.evidence);
  }
  return events.flatMap((event) =>
    event.type === "query-issued" && event.tool !== "inspect_image"
      ? [{ query: event.query, documents: (found.get(event.call) ?? []).map(toDocument) }]
      : [],
  );
}

function toDocument(evidence: Evidence): RetrievedDocument {
  if (evidence.type === "passage") {
    const { source, title, text } = evidence.passage;
    return { id: source.document, title, text };
  }
  if (evidence.type === "page") {
    const { url, title, text } = evidence.page;
    return { id: url, title, text };
  }
  if (evidence.type === "case") {
    const { id, text, labels } = evidence.case;
    return { id, title: labels.map(({ name, status }) => `${name}: ${status}`).join("; "), text };
  }
  const { database, columns, rows } = evidence.table;
  const lines = [columns.join(" | "), ...rows.map((row) => row.join(" | "))];
  return { title: database, text: lines.join("\n") };
}
