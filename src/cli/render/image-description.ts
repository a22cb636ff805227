import type { ImageDescription } from "#assembly";
import { hang, plain, type Terminal } from "../terminal.ts";

const identifyingShown = 12;

/** What an image file holds: a line a fact, then how it is shown, then what identifies. */
export function renderDescription(
  { file, description }: { file: string; description: ImageDescription },
  terminal: Terminal,
): string[] {
  const { shape, type, min, max, mean, sha256, display } = description;
  const facts: [string, string | undefined][] = [
    ["Format", description.format],
    ...(description.format === "DICOM" ? dicomFacts(description) : []),
    ["Values", `${shape.join(" × ")}, ${type}, ${round(min)} to ${round(max)}, mean ${round(mean)}`],
    ["SHA-256", sha256],
    ["Shown", display.join("; ") || "as it is"],
  ];
  const known = facts.filter((fact): fact is [string, string] => fact[1] !== undefined);
  const width = Math.max(...known.map(([name]) => name.length));
  return [
    terminal.paint("strong", plain(file)),
    ...known.map(
      ([name, value]) =>
        `${name.padEnd(width)}  ${hang(plain(value), terminal.width, " ".repeat(width + 2))}`,
    ),
    ...sayIdentifying(description, terminal),
  ];
}

function dicomFacts(
  description: Extract<ImageDescription, { format: "DICOM" }>,
): [string, string | undefined][] {
  const { transferSyntax, modality, bodyPart, view, photometric, bitsAllocated, bitsStored, spacing } =
    description;
  const about = [modality, bodyPart, view].filter((part) => part !== undefined);
  const plane = spacing?.plane === "detector" ? " at the detector" : "";
  return [
    ["Coded as", `${transferSyntax.name} (${transferSyntax.uid})`],
    ["Of", about.length > 0 ? about.join(", ") : undefined],
    ["Pixels", `${photometric}, ${bitsStored} of ${bitsAllocated} bits`],
    ["Spacing", spacing && `${round(spacing.row)} × ${round(spacing.column)} mm${plane}`],
  ];
}

function sayIdentifying({ identifying, burnedInAnnotation }: ImageDescription, terminal: Terminal): string[] {
  if (identifying === undefined) return [];
  const shown = identifying.slice(0, identifyingShown).map(({ tag, name }) => `${tag} ${name}`);
  const left = identifying.length - shown.length;
  const more = left > 0 ? [`and ${left} more`] : [];
  const said = shown.length > 0 ? [...shown, ...more].join(", ") : "nothing that is known";
  return [
    "",
    hang(`Identifies: ${said}.`, terminal.width, "  "),
    hang(`Text in the pixels, as the file says: ${burnedInAnnotation}.`, terminal.width, "  "),
  ];
}

function round(value: number): string {
  return String(Number(value.toPrecision(6)));
}
