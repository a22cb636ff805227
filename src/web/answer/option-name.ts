import type { Option } from "#contracts";

/** “C. Pneumothorax” for the label C of a question with options; a label of no option stays as it is. */
export function nameOption(label: string, options: readonly Option[]): string {
  const option = options.find((candidate) => candidate.label === label);
  return option ? `${label}. ${option.text}` : label;
}
