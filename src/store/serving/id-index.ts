import type { PackedTexts } from "./packed-texts.ts";

/** Marks a slot that holds no document. */
const free = 0xffff_ffff;

export type IdIndex = {
  /** The document of an id, of several the last; undefined where there is none. */
  find(id: string): number | undefined;
  bytes: number;
};

/** Finds documents by their ids: a table of hashes with open addressing, which takes 8 to 16 bytes a document. */
export async function createIdIndex(request: {
  ids: PackedTexts;
  count: number;
  pause: () => Promise<void> | undefined;
}): Promise<IdIndex> {
  const { ids, count, pause } = request;
  const slots = new Uint32Array(2 ** Math.ceil(Math.log2(2 * count + 1))).fill(free);
  const mask = slots.length - 1;
  const slotOf = (id: string) => {
    for (let slot = hash(id) & mask; ; slot = (slot + 1) & mask) {
      const document = slots[slot] as number;
      if (document === free || ids.at(document) === id) return slot;
    }
  };
  for (let document = 0; document < count; document++) {
    slots[slotOf(ids.at(document))] = document;
    const waiting = pause();
    if (waiting) await waiting;
  }
  return {
    find(id) {
      const document = slots[slotOf(id)] as number;
      return document === free ? undefined : document;
    },
    bytes: slots.byteLength,
  };
}

/** FNV-1a over the UTF-16 code units, its upper half folded into the lower. */
function hash(id: string): number {
  let value = 0x811c_9dc5;
  for (let at = 0; at < id.length; at++) value = Math.imul(value ^ id.charCodeAt(at), 0x0100_0193);
  return value ^ (value >>> 16);
}
