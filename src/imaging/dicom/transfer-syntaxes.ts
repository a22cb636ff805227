import type { TransferSyntax } from "./data-set.ts";
import type { Form } from "./read-data-set.ts";

/** Transfer syntaxes without compression of single frames: here the form of the whole data set differs. */
export const implicitLittleEndian = { uid: "1.2.840.10008.1.2", name: "Implicit VR Little Endian" };
export const explicitLittleEndian = { uid: "1.2.840.10008.1.2.1", name: "Explicit VR Little Endian" };
export const explicitBigEndian = { uid: "1.2.840.10008.1.2.2", name: "Explicit VR Big Endian" };
export const deflatedExplicit = {
  uid: "1.2.840.10008.1.2.1.99",
  name: "Deflated Explicit VR Little Endian",
};

/** Known by name only: video, and pixels that another server holds. */
export const undecoded: TransferSyntax[] = [
  { uid: "1.2.840.10008.1.2.4.94", name: "JPIP Referenced" },
  { uid: "1.2.840.10008.1.2.4.95", name: "JPIP Referenced Deflate" },
  { uid: "1.2.840.10008.1.2.4.92", name: "JPEG 2000 Part 2 Multi-component (Lossless Only)" },
  { uid: "1.2.840.10008.1.2.4.93", name: "JPEG 2000 Part 2 Multi-component" },
  { uid: "1.2.840.10008.1.2.4.100", name: "MPEG2 Main Profile / Main Level" },
  { uid: "1.2.840.10008.1.2.4.100.1", name: "Fragmentable MPEG2 Main Profile / Main Level" },
  { uid: "1.2.840.10008.1.2.4.101", name: "MPEG2 Main Profile / High Level" },
  { uid: "1.2.840.10008.1.2.4.101.1", name: "Fragmentable MPEG2 Main Profile / High Level" },
  { uid: "1.2.840.10008.1.2.4.102", name: "MPEG-4 AVC/H.264 High Profile / Level 4.1" },
  { uid: "1.2.840.10008.1.2.4.103", name: "MPEG-4 AVC/H.264 BD-compatible High Profile / Level 4.1" },
  { uid: "1.2.840.10008.1.2.4.104", name: "MPEG-4 AVC/H.264 High Profile / Level 4.2 For 2D Video" },
  { uid: "1.2.840.10008.1.2.4.105", name: "MPEG-4 AVC/H.264 High Profile / Level 4.2 For 3D Video" },
  { uid: "1.2.840.10008.1.2.4.106", name: "MPEG-4 AVC/H.264 Stereo High Profile / Level 4.2" },
  { uid: "1.2.840.10008.1.2.4.107", name: "HEVC/H.265 Main Profile / Level 5.1" },
  { uid: "1.2.840.10008.1.2.4.108", name: "HEVC/H.265 Main 10 Profile / Level 5.1" },
  { uid: "1.2.840.10008.1.2.4.110", name: "JPEG XL Lossless" },
  { uid: "1.2.840.10008.1.2.4.111", name: "JPEG XL JPEG Recompression" },
  { uid: "1.2.840.10008.1.2.4.112", name: "JPEG XL" },
  { uid: "1.2.840.10008.1.2.4.204", name: "JPIP HTJ2K Referenced" },
  { uid: "1.2.840.10008.1.2.4.205", name: "JPIP HTJ2K Referenced Deflate" },
];

/** The form of the data set. All transfer syntaxes but two are explicit and little endian (PS3.5 annex A). */
export function formOf({ uid }: TransferSyntax): Form {
  return { explicit: uid !== implicitLittleEndian.uid, littleEndian: uid !== explicitBigEndian.uid };
}
