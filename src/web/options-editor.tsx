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
  const change = (index: number, part: Partial<Option>) =>
    onChange(options.map((option, place) => (place === index ? { ...option, ...part } : option)));
  return (
    <fieldset className="options-editor">
      <legend className="label">Options: the answer chooses one of them</legend>
      <ol>
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
              onClick={() => onChange(options.filter((_, place) => place !== index))}
            >
              Remove
            </button>
          </li>
        ))}
      </ol>
      {options.length < letters.length && (
        <button type="button" className="quiet" onClick={() => onChange([...options, nextOption(options)])}>
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
