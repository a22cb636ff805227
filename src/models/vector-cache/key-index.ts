const bytesOfKey = 32;

/**
 * Which record of a file holds a key: an open-addressing table of 12 bytes a slot, at most half full, so that a million keys cost
 * 24 to 48 MB. Only the first 64 bits of a key are kept; whoever reads the record compares the whole key.
 */
export type KeyIndex = {
  /** The record of a key that was added with the same first 64 bits, the latest one. */
  find(key: Uint8Array): number | undefined;
  add(key: Uint8Array, record: number): void;
};

export function createKeyIndex(): KeyIndex {
  let capacity = 1_024;
  let count = 0;
  let heads = new Uint32Array(capacity * 2);
  /** Record + 1; 0 where the slot is free. */
  let records = new Uint32Array(capacity);
  const slotOf = (low: number, high: number) => {
    let slot = (low ^ Math.imul(high, 0x9e3779b1)) & (capacity - 1);
    while (records[slot] !== 0 && (heads[slot * 2] !== low || heads[slot * 2 + 1] !== high)) {
      slot = (slot + 1) & (capacity - 1);
    }
    return slot;
  };
  const put = (low: number, high: number, record: number) => {
    const slot = slotOf(low, high);
    if (records[slot] === 0) count++;
    heads[slot * 2] = low;
    heads[slot * 2 + 1] = high;
    records[slot] = record;
  };
  const grow = () => {
    const [oldHeads, oldRecords] = [heads, records];
    capacity *= 2;
    count = 0;
    heads = new Uint32Array(capacity * 2);
    records = new Uint32Array(capacity);
    for (const [slot, record] of oldRecords.entries()) {
      if (record !== 0) put(oldHeads[slot * 2] as number, oldHeads[slot * 2 + 1] as number, record);
    }
  };
  return {
    find(key) {
      const record = records[slotOf(...headOf(key))] as number;
      return record === 0 ? undefined : record - 1;
    },
    add(key, record) {
      if (count * 2 >= capacity) grow();
      put(...headOf(key), record + 1);
    },
  };
}

function headOf(key: Uint8Array): [number, number] {
  const view = new DataView(key.buffer, key.byteOffset, bytesOfKey);
  return [view.getUint32(0, true), view.getUint32(4, true)];
}
