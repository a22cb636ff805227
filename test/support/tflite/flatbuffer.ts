/** A table of a FlatBuffers file: its fields by their number in the schema; what is not there is undefined or empty. */
export type Table = {
  byte(field: number): number;
  integer(field: number): number;
  table(field: number): Table | undefined;
  tables(field: number): Table[];
  bytes(field: number): Uint8Array;
  integers(field: number): number[];
  longs(field: number): number[];
  floats(field: number): number[];
};

/** The root table of a FlatBuffers file (flatbuffers.dev, "FlatBuffer internals"), as far as TFLite needs it. */
export function readRoot(file: Uint8Array): Table {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  return tableAt(view, view.getUint32(0, true));
}

function tableAt(view: DataView, at: number): Table {
  const offsets = at - view.getInt32(at, true);
  const size = view.getUint16(offsets, true);
  const placeOf = (field: number) => {
    const entry = 4 + field * 2;
    const offset = entry < size ? view.getUint16(offsets + entry, true) : 0;
    return offset === 0 ? undefined : at + offset;
  };
  /** The elements of a vector, each `bytes` long. */
  const elements = <Item>(field: number, bytes: number, read: (at: number) => Item): Item[] => {
    const place = placeOf(field);
    if (place === undefined) return [];
    const start = place + view.getUint32(place, true);
    const count = view.getUint32(start, true);
    return Array.from({ length: count }, (_, index) => read(start + 4 + index * bytes));
  };
  const follow = (place: number) => tableAt(view, place + view.getUint32(place, true));
  return {
    byte(field) {
      const place = placeOf(field);
      return place === undefined ? 0 : view.getUint8(place);
    },
    integer(field) {
      const place = placeOf(field);
      return place === undefined ? 0 : view.getInt32(place, true);
    },
    table(field) {
      const place = placeOf(field);
      return place === undefined ? undefined : follow(place);
    },
    tables: (field) => elements(field, 4, follow),
    bytes(field) {
      const place = placeOf(field);
      if (place === undefined) return new Uint8Array();
      const start = place + view.getUint32(place, true);
      return new Uint8Array(view.buffer, view.byteOffset + start + 4, view.getUint32(start, true));
    },
    integers: (field) => elements(field, 4, (place) => view.getInt32(place, true)),
    longs: (field) => elements(field, 8, (place) => Number(view.getBigInt64(place, true))),
    floats: (field) => elements(field, 4, (place) => view.getFloat32(place, true)),
  };
}
