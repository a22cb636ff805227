import type { PixelCodec } from "./codec.ts";
import { deflatedFrames } from "./deflated-frames.ts";
import { jpeg } from "./jpeg.ts";
import { jpeg2000 } from "./jpeg-2000.ts";
import { jpegLs } from "./jpeg-ls.ts";
import { native, nativeBigEndian } from "./native.ts";
import { rle } from "./rle.ts";

/** No two have a transfer syntax in common. */
export const codecs: PixelCodec[] = [native, nativeBigEndian, deflatedFrames, rle, jpeg, jpegLs, jpeg2000];
