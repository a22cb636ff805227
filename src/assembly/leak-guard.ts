import { setImmediate } from "node:timers/promises";
import { type LeakGuard, type LeakReason, leakReasons, type QueryLeak } from "#evaluation";
import { createRelationIndex, type RelationQuery } from "#imaging";
import { createLeakCheck } from "#text";

/** A case or a question of a test set, or what a library holds of one. Each id stands for one thing. */
export type GuardedItem = { id: string; image?: RelationQuery; text?: string };

/** Items compared between two turns of the event loop. */
const stride = 64;
const itemsTold = 10;

/**
 * The one guard against leaks: images by pixels, fingerprint (also turned, mirrored, cropped), patient, study and slide; texts by shared
 * words, where `maximum` (0 to 1) as `createLeakCheck` has it. An image of the library takes about 1.3 KB of memory, a text none.
 */
export function createLeakGuard({ maximum = 0.5 }: { maximum?: number } = {}): LeakGuard<GuardedItem> {
  return {
    async check({ queries, library, onProgress, signal }) {
      const leaks = queries.map(() => newLeak());
      const readItem = readTexts({ queries, leaks, maximum });
      const ids: string[] = [];
      const images: RelationQuery[] = [];
      let items = 0;
      const pause = async (compared: number) => {
        if ((items + compared) % stride === 0) await setImmediate();
        signal?.throwIfAborted();
        onProgress?.({ items, queries: compared });
      };
      for await (const item of library) {
        if (item.image) {
          ids.push(item.id);
          images.push(withoutDescriptor(item.image));
        }
        readItem(item);
        items++;
        await pause(0);
      }
      const relations = createRelationIndex(images, { crops: true });
      for (const [index, { image }] of queries.entries()) {
        const related = image ? relations.relationsOf(image) : {};
        for (const [reason, positions] of Object.entries(related) as [LeakReason, number[]][]) {
          for (const position of positions) leaks[index]?.add(reason, ids[position] ?? "");
        }
        await pause(index + 1);
      }
      return report({ queries, items, leaks });
    },
  };
}

type FoundLeak = ReturnType<typeof newLeak>;

function newLeak() {
  const found = new Map<LeakReason, Set<string>>();
  return {
    found,
    add(reason: LeakReason, item: string): void {
      const items = found.get(reason);
      if (items) items.add(item);
      else found.set(reason, new Set([item]));
    },
  };
}

/** Looks for the queries' texts in those of items, and notes what it finds. */
function readTexts(given: {
  queries: readonly GuardedItem[];
  leaks: readonly FoundLeak[];
  maximum: number;
}): (item: GuardedItem) => void {
  const { queries, leaks, maximum } = given;
  const questions = queries.flatMap(({ text = "" }, index) =>
    text === "" ? [] : [{ set: "queries", id: String(index), question: text, answer: null }],
  );
  if (questions.length === 0) return () => {};
  const leakCheck = createLeakCheck(questions, { maximum });
  return ({ id, text = "" }) => {
    if (text === "") return;
    for (const leak of leakCheck.check(text)) leaks[Number(leak.id)]?.add("overlappingText", id);
  };
}

/** Vectors that are not compared here are not kept. */
function withoutDescriptor(image: RelationQuery): RelationQuery {
  const { pixelHash, patientId, patientIds = [], studyId, slideId, fingerprint } = image;
  return { pixelHash, patientId, patientIds, studyId, slideId, fingerprint };
}

function report(given: {
  queries: readonly GuardedItem[];
  items: number;
  leaks: readonly FoundLeak[];
}): Awaited<ReturnType<LeakGuard<GuardedItem>["check"]>> {
  const { queries, items, leaks } = given;
  const told = queries.flatMap(({ id }, index): QueryLeak[] => {
    const { found } = leaks[index] ?? newLeak();
    if (found.size === 0) return [];
    const reasons = leakReasons.flatMap((reason) => {
      const all = [...(found.get(reason) ?? [])];
      return all.length > 0 ? [[reason, { count: all.length, items: all.sort().slice(0, itemsTold) }]] : [];
    });
    return [{ query: id, reasons: Object.fromEntries(reasons) as QueryLeak["reasons"] }];
  });
  const counted = leakReasons.map((reason) => [
    reason,
    told.filter(({ reasons }) => reasons[reason] !== undefined).length,
  ]);
  return {
    queries: queries.length,
    items,
    touched: told.length,
    share: queries.length === 0 ? 0 : told.length / queries.length,
    reasons: Object.fromEntries(counted) as Record<LeakReason, number>,
    leaks: told,
  };
}
