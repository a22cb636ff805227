/**
 * Attributes outside the profile's table whose text is kept: what made the image and how it is to be read. Any other text that the
 * table doesn't name is removed, which is stricter than the profile: free text can say anything.
 */
export const keptTexts: ReadonlySet<number> = new Set([
  0x00080070, // Manufacturer
  0x00080100, // Code Value
  0x00080102, // Coding Scheme Designator
  0x00080103, // Coding Scheme Version
  0x00080104, // Code Meaning
  0x00081090, // Manufacturer's Model Name
  0x00180024, // Sequence Name
  0x00181016, // Secondary Capture Device Manufacturer
  0x00181018, // Secondary Capture Device Manufacturer's Model Name
  0x00181020, // Software Versions
  0x00181040, // Contrast/Bolus Route
  0x00181160, // Filter Type
  0x00181180, // Collimator/grid Name
  0x00181210, // Convolution Kernel
  0x00181250, // Receive Coil Name
  0x00181251, // Transmit Coil Name
  0x00181260, // Plate Type
  0x00189005, // Pulse Sequence Name
  0x00189320, // Image Filter
  0x00209056, // Stack ID
  0x00281054, // Rescale Type
  0x00281055, // Window Center & Width Explanation
  0x00283003, // LUT Explanation
  0x00283004, // Modality LUT Type
]);

/** Binary attributes that are kept: pixels and the tables that draw them. Any other blob could hold anything. */
export const keptBytes: ReadonlySet<number> = new Set([
  0x00281101, // Red, Green, Blue Palette Color Lookup Table Descriptor
  0x00281102,
  0x00281103,
  0x00281201, // Red, Green, Blue Palette Color Lookup Table Data
  0x00281202,
  0x00281203,
  0x00281221, // Segmented Red, Green, Blue Palette Color Lookup Table Data
  0x00281222,
  0x00281223,
  0x00282000, // ICC Profile
  0x00283002, // LUT Descriptor
  0x00283006, // LUT Data
  0x00280106, // Smallest, Largest Image Pixel Value
  0x00280107,
  0x00280120, // Pixel Padding Value
  0x00280121, // Pixel Padding Range Limit
  0x7fe00001, // Extended Offset Table
  0x7fe00002, // Extended Offset Table Lengths
  0x7fe00008, // Float Pixel Data
  0x7fe00009, // Double Float Pixel Data
  0x7fe00010, // Pixel Data
]);

/** What the values of these VRs may look like (PS3.5 table 6.2-1), a little widened for what devices write. */
const forms: Record<string, RegExp> = {
  AS: /^\d{3}[DWMY]$/,
  CS: /^[A-Za-z0-9 _.,/+-]{1,64}$/,
  DS: /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/,
  IS: /^[+-]?\d{1,12}$/,
  TM: /^\d{2}(?::?\d{2}(?::?\d{2}(?:\.\d{1,6})?)?)?$/,
};

/** Whether every value of a text has the form of its VR; printable ASCII where the VR has none. */
export function hasForm(vr: string, text: string): boolean {
  const form = forms[vr] ?? /^[\x20-\x7e\r\n\t]*$/;
  const values = text.split("\\").map((value) => value.replace(/\0+$/, "").trim());
  return values.every((value) => value === "" || form.test(value));
}
