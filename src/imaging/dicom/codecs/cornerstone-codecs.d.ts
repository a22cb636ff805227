/** The codecs come without types: each one is a function of Emscripten that gives its module. */
declare module "@cornerstonejs/codec-openjpeg/decodewasmjs" {
  import type { WasmFactory } from "./wasm-decoder.ts";

  const load: WasmFactory<"J2KDecoder">;
  export = load;
}

declare module "@cornerstonejs/codec-openjph" {
  import type { WasmFactory } from "./wasm-decoder.ts";

  const load: WasmFactory<"HTJ2KDecoder">;
  export = load;
}

declare module "@cornerstonejs/codec-charls/decodewasmjs" {
  import type { WasmFactory } from "./wasm-decoder.ts";

  const load: WasmFactory<"JpegLSDecoder">;
  export = load;
}
