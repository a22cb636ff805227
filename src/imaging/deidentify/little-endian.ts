const unitBytes: Record<string, number> = {
  AT: 2,
  OW: 2,
  SS: 2,
  US: 2,
  FL: 4,
  OF: 4,
  OL: 4,
  SL: 4,
  UL: 4,
  FD: 8,
  OD: 8,
  OV: 8,
  SV: 8,
  UV: 8,
};

/** A big endian value in little endian order (PS3.5 7.3); `size` in bytes replaces what the VR says of its units. */
export function toLittleEndian(bytes: Uint8Array, vr: string, size = unitBytes[vr] ?? 1): Uint8Array {
  const swapped = Buffer.from(bytes);
  const whole = swapped.subarray(0, swapped.length - (swapped.length % size));
  if (size === 2) whole.swap16();
  else if (size === 4) whole.swap32();
  else if (size === 8) whole.swap64();
  return swapped;
}
