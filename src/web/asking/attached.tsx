import { shorten } from "../plain-text.ts";
import type { PickedImage } from "./draft.ts";
import { DraftImage } from "./draft-image.tsx";

/** The images to ask about, in one row; each can be seen large and removed. */
export function Attached(props: {
  images: readonly PickedImage[];
  /** The one that is seen large. */
  shown: PickedImage | null;
  onShow: (image: PickedImage) => void;
  onRemove: (image: PickedImage) => void;
}) {
  const { images, shown, onShow, onRemove } = props;
  return (
    <ul className="attached" aria-label="Images to ask about">
      {images.map((image, index) => {
        const name = shorten(image.name, 40);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a file is its place; names may repeat.
          <li key={index}>
            <button
              type="button"
              className="attached-show"
              aria-pressed={image === shown}
              aria-label={`Show ${name}`}
              onClick={() => onShow(image)}
            >
              <DraftImage image={image} side={40} />
              <bdi>{name}</bdi>
            </button>
            <button
              type="button"
              className="link"
              aria-label={`Remove ${name}`}
              onClick={() => onRemove(image)}
            >
              Remove
            </button>
          </li>
        );
      })}
    </ul>
  );
}
