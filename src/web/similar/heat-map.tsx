import { useEffect, useRef } from "react";
import type { Box, RegionMap } from "#contracts";
import { boxStyle } from "./fitted-image.tsx";

/** The accent on dark: an image is on black in either theme. */
const [red, green, blue] = [0x6c, 0xc5, 0xc1];

/** Values from which a region is colored at all, and from which it is as far as any is. */
const [faintest, strongest] = [0.1, 0.75];

/** Over an image: its regions by how well they match, and the best matching boxes by number. */
export function HeatMap({ map, boxes }: { map: RegionMap; boxes: readonly Box[] }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context) return;
    const pixels = context.createImageData(map.columns, map.rows);
    for (const [index, value] of map.values.entries()) {
      const share = Math.min(1, Math.max(0, (value - faintest) / (strongest - faintest)));
      pixels.data.set([red, green, blue, share * 255], index * 4);
    }
    context.putImageData(pixels, 0, 0);
  }, [map]);
  return (
    <div className="heat" aria-hidden="true">
      <canvas ref={canvas} width={map.columns} height={map.rows} />
      {boxes.map((box, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a box is its number.
        <span key={index} className="heat-box" style={boxStyle(box)}>
          <span>{index + 1}</span>
        </span>
      ))}
    </div>
  );
}
