/** What the codecs compiled by Emscripten give for a picture. */
type WasmDecoder = {
  getEncodedBuffer(length: number): Uint8Array;
  decode(): void;
  getFrameInfo(): { bitsPerSample: number; isSigned: boolean };
  getDecodedBuffer(): Uint8Array;
  /** Of JPEG-LS: 0 where components follow one another as planes. */
  getInterleaveMode?(): number;
  delete(): void;
};

type Silence = { print: () => void; printErr: () => void };

/** Gives a module with the class of a decoder, and the memory that its decoders share. */
export type WasmFactory<Name extends string> = (
  options: Silence,
) => Promise<{ HEAPU8: Uint8Array } & Record<Name, new () => WasmDecoder>>;

type OpenCodec = { module: { HEAPU8: Uint8Array }; makeDecoder: () => WasmDecoder };

/** Decodes a picture and gives what `use` takes from the decoder, which is gone afterwards. Rejects with the codec's own error. */
export type WasmDecode = <Result>(
  bytes: Uint8Array,
  use: (decoder: WasmDecoder) => Result,
) => Promise<Result>;

/** A codec's memory never shrinks; one that has grown beyond this is thrown away with its memory. */
const memoryLimit = 512 * 1024 * 1024;

/**
 * A decoder in WebAssembly, compiled when first needed and used again. After a failure its memory can't be trusted: the next picture
 * gets a new one.
 */
export function wasmDecoder(load: (options: Silence) => Promise<OpenCodec>): WasmDecode {
  const silent = () => undefined;
  let loading: Promise<OpenCodec> | undefined;
  return async (bytes, use) => {
    loading ??= load({ print: silent, printErr: silent });
    try {
      const { module, makeDecoder } = await loading;
      const decoder = makeDecoder();
      decoder.getEncodedBuffer(bytes.length).set(bytes);
      decoder.decode();
      const result = use(decoder);
      decoder.delete();
      if (module.HEAPU8.length > memoryLimit) loading = undefined;
      return result;
    } catch (error) {
      loading = undefined;
      throw error;
    }
  };
}
