import { Command, InvalidArgumentError } from "commander";
import { renderDescription } from "../render/image-description.ts";
import { plain, wrap } from "../terminal.ts";
import { type CommandContext, examples } from "./context.ts";

/** `image info` and `image render`. */
export function imageCommand(context: CommandContext): Command {
  return new Command("image")
    .description("look into an image file: what it holds, and how it is shown")
    .addCommand(infoCommand(context))
    .addCommand(renderCommand(context))
    .addHelpText(
      "after",
      examples("medrounds image info chest.dcm", "medrounds image render chest.dcm --out chest.png"),
    );
}

function infoCommand({ terminal, signal, printJson }: CommandContext): Command {
  return new Command("info")
    .description(
      "format, size, kind and range of the stored values with their SHA-256, how they are shown, and which attributes identify",
    )
    .argument("<file>", "a DICOM, TIFF, PNG, JPEG or WebP file")
    .option("--json", "print one JSON document")
    .addHelpText("after", examples("medrounds image info chest.dcm", "medrounds image info chest.dcm --json"))
    .action(async (file: string, options: { json?: boolean }) => {
      const { describeImageFile } = await import("#assembly");
      const description = await describeImageFile({ file, signal });
      if (options.json) printJson({ file, ...description });
      else for (const line of renderDescription({ file, description }, terminal)) terminal.write(line);
    });
}

type RenderOptions = {
  out: string;
  window?: { center: number; width: number };
  frame?: number;
  json?: boolean;
};

function renderCommand({ terminal, signal, printJson }: CommandContext): Command {
  return new Command("render")
    .description("write an image file as the PNG that is shown, without anything but its pixels")
    .argument("<file>", "a DICOM, TIFF, PNG, JPEG or WebP file")
    .requiredOption("--out <png>", "the file to write; one that exists is kept and the command refused")
    .option("--window <center/width>", "the window of a gray DICOM image, as in 40/400", readWindow)
    .option("--frame <n>", "the frame of a DICOM image, from 1", readFrame)
    .option("--json", "print one JSON document")
    .addHelpText(
      "after",
      examples(
        "medrounds image render chest.dcm --out chest.png",
        "medrounds image render ct.dcm --out lung.png --window -600/1500",
      ),
    )
    .action(async (file: string, options: RenderOptions) => {
      const { out, json, ...choice } = options;
      const { renderImageFile } = await import("#assembly");
      const { width, height, notes } = await renderImageFile({ file, out, signal, ...choice });
      if (json) {
        printJson({ file, out, width, height, notes });
        return;
      }
      terminal.write(wrap(`Wrote ${plain(out)}, ${width} × ${height} pixels.`, terminal.width));
      for (const note of notes) terminal.write(wrap(`Note: ${plain(note)}.`, terminal.width));
    });
}

function readWindow(value: string): { center: number; width: number } {
  const number = String.raw`[+-]?(?:\d+\.?\d*|\.\d+)`;
  const [, center, width] = new RegExp(`^(${number})/(${number})$`).exec(value.trim()) ?? [];
  if (center !== undefined && Number(width) > 0) return { center: Number(center), width: Number(width) };
  throw new InvalidArgumentError("It must be a center and a width above 0, as in 40/400.");
}

function readFrame(value: string): number {
  const frame = Number(value);
  if (Number.isInteger(frame) && frame >= 1) return frame;
  throw new InvalidArgumentError("It must be a whole number from 1.");
}
