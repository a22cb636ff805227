/**
 * One data element (PS3.5 section 7.1). Its bytes are views on the file's, never copies, so that nothing of a file is kept that its
 * caller did not keep.
 */
export type DicomElement = {
  /** Group and element as one number: 0x00100010. */
  tag: number;
  /** Value representation, two letters: as the file says, or as the dictionary does where the file doesn't; else UN. */
  vr: string;
  /** The value in the data set's byte order, padding included. Empty for a sequence and for encapsulated pixels. */
  bytes: Uint8Array;
  /** Items of a sequence. */
  items?: DataSet[];
  /** Fragments of encapsulated pixel data; the first one is the basic offset table, often empty (PS3.5 A.4). */
  fragments?: Uint8Array[];
};

/** A data set, or an item of a sequence. */
export type DataSet = {
  elements: Map<number, DicomElement>;
  littleEndian: boolean;
  /** Specific Character Set (0008,0005) that holds here, the item's own or inherited; empty means ISO 646. */
  characterSets: readonly string[];
};

/** PS3.5 annex A, PS3.6 table A-1. The name of one that is not known here is "unknown". */
export type TransferSyntax = { uid: string; name: string };

/** A DICOM file as read; no pixel of it is decoded yet. */
export type DicomFile = {
  /** As the caller named it; stands in messages. */
  name: string;
  /** Group 2, the file meta information; empty in a file without it. */
  meta: DataSet;
  dataSet: DataSet;
  transferSyntax: TransferSyntax;
};
