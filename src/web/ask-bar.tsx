import { type KeyboardEvent, useRef, useState } from "react";
import type { Option } from "#contracts";
import { DraftImage } from "./draft-image.tsx";
import { imageLimit, imagesAmong } from "./image-files.ts";
import { nextOption, OptionsEditor } from "./options-editor.tsx";
import { shorten } from "./plain-text.ts";

/** The longest question that the server accepts, in characters. */
const longestQuestion = 20_000;

export type Written = { text: string; images: readonly File[]; options: readonly Option[] };

export const nothingWritten: Written = { text: "", images: [], options: [] };

/** Where a question is written, at the bottom of the page. */
export function AskBar(props: {
  written: Written;
  onWrite: (written: Written) => void;
  state: "ready" | "sending" | "running";
  isFollowUp: boolean;
  onAsk: () => void;
  onStop: () => void;
}) {
  const { written, onWrite, state, isFollowUp, onAsk, onStop } = props;
  const { text, images, options } = written;
  const [showsOptions, setShowsOptions] = useState(false);
  const files = useRef<HTMLInputElement>(null);
  const canAsk = state === "ready" && (text.trim() !== "" || images.length > 0);
  const ask = () => {
    if (!canAsk) return;
    setShowsOptions(false);
    onAsk();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // While an input method composes a letter, Enter belongs to it.
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    ask();
  };
  const toggleOptions = () => {
    if (!showsOptions && options.length === 0) {
      const first = nextOption([]);
      onWrite({ ...written, options: [first, nextOption([first])] });
    }
    setShowsOptions(!showsOptions);
  };
  const filled = options.filter((option) => option.text.trim() !== "").length;
  return (
    <form
      className="ask"
      aria-label="Ask"
      onSubmit={(event) => {
        event.preventDefault();
        ask();
      }}
    >
      {showsOptions && (
        <OptionsEditor options={options} onChange={(changed) => onWrite({ ...written, options: changed })} />
      )}
      {images.length > 0 && (
        <Attached
          images={images}
          onRemove={(image) => onWrite({ ...written, images: images.filter((other) => other !== image) })}
        />
      )}
      <textarea
        id="question"
        className="ask-text"
        aria-label="Question"
        rows={1}
        maxLength={longestQuestion}
        placeholder={isFollowUp ? "Ask a follow-up, or drop another view" : "Ask in words, or drop an image"}
        value={text}
        onChange={({ target }) => onWrite({ ...written, text: target.value })}
        onKeyDown={onKeyDown}
      />
      <div className="ask-actions">
        <input
          ref={files}
          className="visually-hidden"
          type="file"
          accept="image/png,image/jpeg,image/webp"
          multiple
          tabIndex={-1}
          aria-hidden="true"
          onChange={({ target }) => {
            onWrite({ ...written, images: [...images, ...imagesAmong(target.files)].slice(0, imageLimit) });
            target.value = "";
          }}
        />
        <button type="button" className="plain" onClick={() => files.current?.click()}>
          Add images
        </button>
        <button type="button" className="plain" aria-expanded={showsOptions} onClick={toggleOptions}>
          Options{filled > 0 ? ` (${filled})` : ""}
        </button>
        {state === "running" ? (
          <button key="stop" type="button" className="stop" onClick={onStop}>
            Stop
          </button>
        ) : (
          <button key="ask" type="submit" className="primary" aria-disabled={!canAsk}>
            Ask
          </button>
        )}
      </div>
    </form>
  );
}

function Attached({ images, onRemove }: { images: readonly File[]; onRemove: (image: File) => void }) {
  return (
    <ul className="attached" aria-label="Images to ask about">
      {images.map((image, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a file is its place; names may repeat.
        <li key={index}>
          <DraftImage file={image} side={40} />
          <bdi>{shorten(image.name, 40)}</bdi>
          <button
            type="button"
            className="link"
            aria-label={`Remove ${shorten(image.name, 40)}`}
            onClick={() => onRemove(image)}
          >
            Remove
          </button>
        </li>
      ))}
    </ul>
  );
}
