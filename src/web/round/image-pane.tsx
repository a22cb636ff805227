import { type ReactNode, useState } from "react";
import type { PickedImage } from "../asking/draft.ts";
import { DraftImage } from "../asking/draft-image.tsx";
import { shorten } from "../plain-text.ts";
import type { RoundView } from "./round-view.ts";
import { sayKind } from "./step-line.ts";

/** The image of the question on black, with what is known of it in the corners; several views by number. */
export function ImagePane({
  images,
  names,
  addressOf,
}: {
  /** As inspected; empty before the round has looked. */
  images: RoundView["images"];
  names: readonly string[];
  addressOf: (number: number) => string;
}) {
  const [chosen, setChosen] = useState(1);
  const number = Math.min(chosen, names.length);
  const name = names[number - 1] ?? "";
  const inspected = images.find(({ image }) => image === number);
  return (
    <ImageFrame>
      <img className="image" src={addressOf(number)} alt={`View ${number}: ${shorten(name, 80)}`} />
      <p className="corner bottom-left">
        <bdi>{shorten(name, 40)}</bdi>
        {inspected && (
          <span>
            {inspected.width} × {inspected.height}
          </span>
        )}
        {inspected?.notes.slice(0, 3).map((note) => (
          <bdi key={note}>{shorten(note, 60)}</bdi>
        ))}
      </p>
      {inspected && (
        <p className="corner bottom-right">
          {inspected.kind && <span>{sayKind(inspected.kind)}</span>}
          <span>{inspected.color}</span>
          <span>metadata removed</span>
        </p>
      )}
      {names.length > 1 && (
        <fieldset className="corner top-right views">
          <legend className="visually-hidden">Views</legend>
          {names.map((view, index) => (
            <button
              // biome-ignore lint/suspicious/noArrayIndexKey: a view is its number; names may repeat.
              key={index}
              type="button"
              aria-pressed={index + 1 === number}
              aria-label={`View ${index + 1}: ${shorten(view, 40)}`}
              onClick={() => setChosen(index + 1)}
            >
              {index + 1}
            </button>
          ))}
        </fieldset>
      )}
    </ImageFrame>
  );
}

/** One of the images that are about to be asked about. */
export function DraftPane({ image, among }: { image: PickedImage; among: readonly PickedImage[] }) {
  return (
    <ImageFrame>
      <DraftImage image={image} side={1200} />
      <p className="corner bottom-left">
        <bdi>{shorten(image.name, 40)}</bdi>
        <span>
          {among.length > 1 && `${among.indexOf(image) + 1} of ${among.length}, `}
          not sent yet
        </span>
      </p>
    </ImageFrame>
  );
}

function ImageFrame({ children }: { children: ReactNode }) {
  return (
    <section className="image-pane" aria-label="Image of the question">
      {children}
    </section>
  );
}
