import { type ReactNode, useState } from "react";

/** An image as large as its place allows, and what lies over exactly its pixels. */
export function FittedImage(props: { address: string; alt: string; children?: ReactNode }) {
  const { address, alt, children } = props;
  const [ratio, setRatio] = useState(1);
  return (
    <div className="fitted" style={{ "--ratio": ratio } as React.CSSProperties}>
      <img
        src={address}
        alt={alt}
        draggable={false}
        onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) =>
          setRatio(naturalWidth / Math.max(1, naturalHeight))
        }
      />
      {children}
    </div>
  );
}

/** A part of an image as the style that places it. */
export function boxStyle({ x, y, width, height }: { x: number; y: number; width: number; height: number }) {
  const percent = (share: number) => `${(share * 100).toFixed(2)}%`;
  return { left: percent(x), top: percent(y), width: percent(width), height: percent(height) };
}
