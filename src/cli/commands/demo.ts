import { join } from "node:path";
import { Command } from "commander";
import { MedRoundsError } from "#contracts";
import { createProgress } from "../progress.ts";
import { type CommandContext, examples } from "./context.ts";
import { tellRound } from "./tell-round.ts";

export function demoCommand(context: CommandContext): Command {
  return new Command("demo")
    .description(
      "try it: builds a small library of synthetic images and short texts, and answers one of four questions",
    )
    .argument("[number]", "which question, 1 to 4", "1")
    .addHelpText("after", examples("medrounds demo", "medrounds demo 3"))
    .action(async (number: string) => {
      const { ask, demoLibrary, openLibraryAt, prepareDemo } = await import("#assembly");
      const { terminal, signal } = context;
      const progress = createProgress("Building the demo library");
      const onBuild = () => process.stderr.write("Drawing the demo's synthetic images, once …\n");
      const demo = await prepareDemo({ folder: demoLibrary, signal, onBuild, onProgress: progress.show });
      progress.end();
      const question = demo.questions[Number(number) - 1];
      if (!question) {
        const message = `There is no demo question ${number}; there are ${demo.questions.length}.`;
        throw new MedRoundsError("usage-invalid", message);
      }
      const { image, options = [], text, patientId, slideId } = question;
      const images = image === undefined ? [] : [join(demo.imageFolder, image)];
      terminal.write(
        terminal.paint(
          "quiet",
          `Demo ${number} of ${demo.questions.length}: ${question.title} · synthetic images`,
        ),
      );
      using library = await openLibraryAt(demo.library);
      const events = await ask({
        library,
        question: text,
        images,
        options: options.map((option) => `${option.label}=${option.text}`),
        signal,
        ...(patientId === undefined ? {} : { patientId }),
        ...(slideId === undefined ? {} : { slideId }),
      });
      await tellRound(events, { context, as: "words" });
      const shown = images.map((file) => ` --image ${file.slice(process.cwd().length + 1)}`).join("");
      terminal.write("");
      terminal.write(terminal.paint("quiet", `Other questions: npm start -- 2, 3 or 4. Your own:`));
      terminal.write(
        terminal.paint("quiet", `npm run -s medrounds -- ask "…"${shown} --library ${demoLibrary}`),
      );
    });
}
