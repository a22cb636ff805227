import { cp, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { writeTinyClip } from "../../../test/support/onnx/tiny-clip.ts";
import { type TinyOutput, writeTinyVision } from "../../../test/support/onnx/tiny-vision.ts";
import { createImageEncoder } from "../create-image-encoder.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "medrounds-image-encoder-"));
  await writeTinyClip(join(folder, "towers"), "towers");
  await writeTinyClip(join(folder, "whole"), "whole");
});
afterAll(() => rm(folder, { recursive: true }));
afterEach(() => vi.restoreAllMocks());

const open = (name: string) => createImageEncoder({ source: `onnx:${join(folder, name)}` });
const codeOf = (opening: Promise<AsyncDisposable>) =>
  opening.then(
    async (opened) => {
      await opened[Symbol.asyncDispose]();
      return "opened";
    },
    (error: { code: string }) => error.code,
  );

function plain(color: readonly number[], side = 16) {
  const channels = color.length === 1 ? (1 as const) : (3 as const);
  const data = Uint8Array.from({ length: side * side * channels }, (_, at) => color[at % channels] ?? 0);
  return { width: side, height: side, channels, data };
}
const [red, blue, gray] = [plain([200, 0, 0]), plain([0, 0, 90], 5), plain([77])];

function cosine(a: Float32Array | undefined, b: Float32Array | undefined): number {
  return [...(a ?? [])].reduce((sum, value, at) => sum + value * (b?.[at] ?? Number.NaN), 0);
}

describe.each(["towers", "whole"])("images and texts of a model in ONNX, %s", (layout) => {
  it("lie in one space, by cosines worked out by hand", async () => {
    await using encoder = await open(layout);
    expect([encoder.id, encoder.dimension]).toEqual([layout, 4]);
    const pairs = [
      [red, "red", 1],
      [red, "blue", 0],
      [red, "Red green", Math.SQRT1_2],
      [blue, "blue", 1],
      [gray, "red", 1 / Math.sqrt(3)],
      [gray, "red green blue", 1],
      [blue, "unheard", 0],
    ] as const;
    const images = await encoder.embedImages(pairs.map(([image]) => image));
    const texts = (await encoder.embedTexts?.(pairs.map(([, text]) => text))) ?? [];
    for (const [index, [, , expected]] of pairs.entries()) {
      expect(cosine(images[index], texts[index])).toBeCloseTo(expected, 5);
    }
    expect(await encoder.embedImages([])).toEqual([]);
  });

  it("have the same vectors alone and beside others, over several batches", async () => {
    await using encoder = await open(layout);
    const images = Array.from({ length: 20 }, (_, index) => plain([index * 5, 99, 1], 3 + index));
    const texts = Array.from({ length: 40 }, (_, index) => `${"green ".repeat(index % 7)}red`);
    const [together, spoken] = [await encoder.embedImages(images), (await encoder.embedTexts?.(texts)) ?? []];
    for (const index of [0, 7, 8, 19]) {
      const [alone] = await encoder.embedImages(images.slice(index, index + 1));
      expect(cosine(together[index], alone)).toBeCloseTo(1, 6);
      const [said] = (await encoder.embedTexts?.(texts.slice(index * 2, index * 2 + 1))) ?? [];
      expect(cosine(spoken[index * 2], said)).toBeCloseTo(1, 6);
    }
    expect(cosine(together[0], together[19])).toBeLessThan(0.9);
  });
});

describe("the vector of an image", () => {
  const colors = [
    [250, 0, 0],
    [0, 100, 0],
    [0, 0, 50],
    [10, 20, 30],
  ];
  const image = { width: 2, height: 2, channels: 3 as const, data: Uint8Array.from(colors.flat()) };
  const mean = [0, 1, 2].map((channel) => colors.reduce((sum, color) => sum + (color[channel] ?? 0) / 4, 0));
  const first = colors[0] ?? [];

  it.each<[string, TinyOutput[], string, number[]]>([
    ["is the projected one before others", [map("last_hidden_state"), vector("image_embeds")], "clip", mean],
    ["is the pooled map", [map("last_hidden_state")], "mobilenet", mean],
    ["is the pooled map of a model of no known kind", [map("features")], "mystery", mean],
    ["is the first token", [vector("pooler_output"), tokens("last_hidden_state")], "dinov2", first],
    [
      "is the mean of the tokens where no family says otherwise",
      [tokens("last_hidden_state")],
      "mystery",
      mean,
    ],
    [
      "is the pooled output before the tokens",
      [tokens("last_hidden_state"), vector("pooler_output")],
      "siglip",
      mean,
    ],
  ])("%s", async (name, outputs, model_type, wanted) => {
    const place = join(folder, name.replaceAll(" ", "-"));
    await writeTinyVision(place, { outputs, config: { model_type } });
    await using encoder = await createImageEncoder({ source: `onnx:${place}` });
    expect(encoder.embedTexts).toBeUndefined();
    const [found] = await encoder.embedImages([image]);
    const length = Math.hypot(...wanted);
    for (const [at, value] of wanted.entries()) expect(found?.[at]).toBeCloseTo(value / length, 5);
  });

  it("is the same from a graph that takes one image at a time, or four, or gray ones", async () => {
    const outputs = [vector("image_embeds")];
    await writeTinyVision(join(folder, "one"), { outputs, batch: 1 });
    await writeTinyVision(join(folder, "four"), { outputs, batch: 4 });
    await writeTinyVision(join(folder, "many"), { outputs });
    const images = [image, { ...image, data: image.data.toReversed() }, image, image, image];
    const found = [];
    for (const name of ["one", "four", "many"]) {
      await using encoder = await open(name);
      found.push(await encoder.embedImages(images));
    }
    expect(found[0]).toEqual(found[2]);
    expect(found[1]).toEqual(found[2]);
    expect(found[0]).toHaveLength(5);
    await writeTinyVision(join(folder, "gray"), { outputs, channels: 1 });
    await using encoder = await open("gray");
    expect(encoder.dimension).toBe(1);
  });

  it("is none of a classifier's scores", async () => {
    await writeTinyVision(join(folder, "classifier"), { outputs: [vector("logits")] });
    expect(await codeOf(open("classifier"))).toBe("image-encoder-unusable");
  });
});

describe("an image encoder in a folder", () => {
  it("is loaded without any request, and flat as well", async () => {
    const request = vi.spyOn(globalThis, "fetch");
    const flat = join(folder, "flat");
    await cp(join(folder, "towers"), flat, { recursive: true });
    for (const name of ["vision_model.onnx", "text_model.onnx"]) {
      await rename(join(flat, "onnx", name), join(flat, name));
    }
    await rm(join(flat, "onnx"), { recursive: true });
    await using encoder = await open("flat");
    await using other = await open("towers");
    expect(encoder.fingerprint).toBe(other.fingerprint);
    expect(await encoder.embedImages([red])).toEqual(await other.embedImages([red]));
    expect(request).not.toHaveBeenCalled();
  });

  it("may be an export of open_clip, by its own description", async () => {
    const place = join(folder, "biomedclip-export");
    await writeTinyClip(place, { layout: "towers", unprepared: true, unmasked: true });
    await rename(join(place, "onnx/vision_model.onnx"), join(place, "onnx/visual.onnx"));
    await rename(join(place, "onnx/text_model.onnx"), join(place, "onnx/textual.onnx"));
    await rm(join(place, "config.json"));
    await writeFile(
      join(place, "open_clip_config.json"),
      JSON.stringify({
        model_cfg: { vision_cfg: { image_size: 8 } },
        preprocess_cfg: { mean: [0, 0, 0], std: [1, 1, 1] },
      }),
    );
    await using encoder = await open("biomedclip-export");
    const [image] = await encoder.embedImages([red]);
    expect(image?.[0]).toBeCloseTo(1, 5);
    // Filled up to 256 tokens, as BiomedCLIP is.
    const [text] = (await encoder.embedTexts?.(["red"])) ?? [];
    expect((text?.[3] ?? 0) / (text?.[0] ?? 0)).toBeCloseTo(255, 2);
  });

  it("has another fingerprint with other weights, preparation, tokenizer or family, and in no other case", async () => {
    const prints = new Map<string, string>();
    const note = async (name: string, source = `onnx:${join(folder, name)}`) => {
      await using encoder = await createImageEncoder({ source });
      prints.set(source, encoder.fingerprint);
      return encoder.fingerprint;
    };
    const change = async (name: string, file: string, edit: (text: string) => string) => {
      await cp(join(folder, "towers"), join(folder, name), { recursive: true });
      const path = join(folder, name, file);
      await writeFile(path, edit(await readFile(path, "latin1")), "latin1");
      return name;
    };
    const original = await note("towers");
    expect(await note(await change("copied", "config.json", (text) => text))).toBe(original);
    await note(await change("repainted", "preprocessor_config.json", (text) => text.replace("8", "9")));
    await note(await change("respelled", "tokenizer_config.json", (text) => text.replace("512", "500")));
    await note(await change("reweighed", "onnx/vision_model.onnx", (text) => text.replace("tests", "texts")));
    await note("towers", `onnx:${join(folder, "towers")}?family=siglip`);
    expect(new Set(prints.values()).size).toBe(5);
  });

  it("that can't be used is refused with the reason", async () => {
    expect(await codeOf(open("none"))).toBe("path-missing");
    expect(await codeOf(createImageEncoder({ source: `onnx:${folder}` }))).toBe("path-missing");
    expect(await codeOf(createImageEncoder({ source: "onnx:a#b" }))).toBe("model-source-invalid");
    expect(await codeOf(createImageEncoder({ source: `clip:${folder}` }))).toBe("model-source-invalid");
    expect(await codeOf(open("towers?family=none"))).toBe("image-family-unknown");
    await writeTinyClip(join(folder, "damaged"), "whole");
    await writeFile(join(folder, "damaged/onnx/model.onnx"), "no model");
    expect(await codeOf(open("damaged"))).toBe("image-encoder-unusable");
    await writeTinyClip(join(folder, "speechless"), "towers");
    await writeFile(join(folder, "speechless/tokenizer.json"), "{}");
    expect(await codeOf(open("speechless"))).toBe("image-encoder-unusable");
    await writeTinyVision(join(folder, "unprepared"), { outputs: [map("last_hidden_state")] });
    await rm(join(folder, "unprepared/preprocessor_config.json"));
    expect(await codeOf(open("unprepared"))).toBe("image-family-unknown");
  });

  it("stops where the signal says so, and refuses images of another size and vectors without a direction", async () => {
    await using encoder = await open("towers");
    const signal = AbortSignal.abort(new Error("left"));
    await expect(encoder.embedImages([red], signal)).rejects.toThrow("left");
    await expect(encoder.embedTexts?.(["red"], signal)).rejects.toThrow("left");
    const black = plain([0, 0, 0]);
    await expect(encoder.embedImages([black])).rejects.toMatchObject({ code: "vector-invalid" });
    await writeTinyVision(join(folder, "small"), { outputs: [vector("image_embeds")] });
    const unfit = JSON.stringify({ size: 3, do_normalize: false });
    await writeFile(join(folder, "small/preprocessor_config.json"), unfit);
    expect(await codeOf(open("small"))).toBe("image-encoder-unusable");
  });
});

function map(name: string): TinyOutput {
  return { name, form: "map" };
}
function tokens(name: string): TinyOutput {
  return { name, form: "tokens" };
}
function vector(name: string): TinyOutput {
  return { name, form: "vector" };
}
