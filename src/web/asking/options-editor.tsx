import { useEffect, useRef } from "react";
import type { Option } from "#contracts";

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/** Answers to choose from, as rows of a label and a text. */
export function OptionsEditor({
  options,
  onChange,
}: {
  options: readonly Option[];
  onChange: (options: Option[]) => void;
}) {
  const list = useRef<HTMLOListElement>(null);
  const add = useRef<HTMLButtonElement>(null);
  /** The row that the focus goes to after it was added, or after the one before it was removed. */
  const next = useRef<number | null>(null);
  useEffect(() => {
    if (next.current === null) return;
    const row = list.current?.children[Math.min(next.current, options.length - 1)];
    (row?.querySelector<HTMLElement>(".option-text") ?? add.current)?.focus();
    next.current = null;
  }, [options.length]);
  const change = (index: number, part: Partial<Option>) =>
    onChange(options.map((option, place) => (place === index ? { ...option, ...part } : option)));
  return (
    <fieldset className="options-editor">
      <legend className="label">Options: the answer chooses one of them</legend>
      <ol ref={list}>
        {options.map((option, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place; labels change while they are written.
          <li key={index}>
            <input
              className="option-label"
              aria-label={`Label of option ${index + 1}`}
              maxLength={20}
              value={option.label}
              onChange={({ target }) => change(index, { label: target.value })}
            />
            <input
              className="option-text"
              aria-label={`Text of option ${index + 1}`}
              maxLength={500}
              placeholder="Text"
              value={option.text}
              onChange={({ target }) => change(index, { text: target.value })}
            />
            <button
              type="button"
              className="quiet"
              aria-label={`Remove option ${index + 1}`}
              onClick={() => {
                next.current = index;
                onChange(options.filter((_, place) => place !== index));
              }}
            >
              Remove
            </button>
          </li>
        ))}
      </ol>
      {options.length < letters.length && (
        <button
          ref={add}
          type="button"
          className="quiet"
          onClick={() => {
            next.current = options.length;
            onChange([...options, nextOption(options)]);
          }}
        >
          Add an option
        </button>
      )}
    </fieldset>
  );
}

/** An empty option with the first letter that is free. */
export function nextOption(options: readonly Option[]): Option {
  const label = [...letters].find((letter) => options.every((option) => option.label !== letter)) ?? "";
  return { label, text: "" };
}
