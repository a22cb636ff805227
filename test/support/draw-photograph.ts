import sharp from "sharp";

/** A picture that looks like a photograph and is none: a cat on a lawn below a sky, drawn with soft edges and the grain of a sensor. */
export function drawPhotograph({ gray = false }: { gray?: boolean } = {}): Promise<Buffer> {
  const side = 320;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}">
    <defs>
      <linearGradient id="sky" x1="0" y1="0" x2="0.3" y2="1"><stop offset="0" stop-color="#5d93d6"/><stop offset="1" stop-color="#dfeaf3"/></linearGradient>
      <linearGradient id="lawn" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="#7ba34a"/><stop offset="1" stop-color="#35551f"/></linearGradient>
      <radialGradient id="fur" cx="0.35" cy="0.3"><stop offset="0" stop-color="#e8a25c"/><stop offset="1" stop-color="#7a4520"/></radialGradient>
    </defs>
    <rect width="320" height="150" fill="url(#sky)"/><rect y="150" width="320" height="170" fill="url(#lawn)"/>
    <path d="M205 290c60-10 75-60 40-92" stroke="#8a5226" stroke-width="18" fill="none" stroke-linecap="round"/>
    <ellipse cx="165" cy="240" rx="72" ry="62" fill="url(#fur)"/>
    <path d="M92 150l-4-66 46 34zM192 150l4-66-46 34z" fill="#8a5226"/>
    <circle cx="142" cy="152" r="55" fill="url(#fur)"/>
    <ellipse cx="121" cy="146" rx="9" ry="12" fill="#dff0b0"/><ellipse cx="163" cy="146" rx="9" ry="12" fill="#dff0b0"/>
    <ellipse cx="121" cy="146" rx="3" ry="11" fill="#111"/><ellipse cx="163" cy="146" rx="3" ry="11" fill="#111"/>
    <path d="M136 168h12l-6 8zM142 176v8" stroke="#3a1c10" stroke-width="2" fill="#c8766a"/>
    <path d="M70 165l50 8M70 182l50-4M214 165l-50 8M214 182l-50-4" stroke="#f5f0e8" stroke-width="1.5"/>
  </svg>`;
  const grain = Buffer.from(
    Uint8Array.from({ length: side * side * 3 }, (_, index) => 112 + ((index * 7919) % 33)),
  );
  return sharp(Buffer.from(svg))
    .removeAlpha()
    .blur(1.2)
    .composite([{ input: grain, raw: { width: side, height: side, channels: 3 }, blend: "soft-light" }])
    .toColourspace(gray ? "b-w" : "srgb")
    .jpeg({ quality: 88 })
    .toBuffer();
}
