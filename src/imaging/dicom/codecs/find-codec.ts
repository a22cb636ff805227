import type { TransferSyntax } from "../data-set.ts";
import { undecoded } from "../transfer-syntaxes.ts";
import type { PixelCodec } from "./codec.ts";
import { codecs } from "./list.ts";

/** The codec of a transfer syntax; undefined where its pixels are not read here. */
export function findCodec({ uid }: TransferSyntax): PixelCodec | undefined {
  return codecs.find(({ syntaxes }) => syntaxes.some((syntax) => syntax.uid === uid));
}

/** The transfer syntax with this UID, by name if it is known. What is no UID is not repeated: it could be any text. */
export function findTransferSyntax(uid: string): TransferSyntax {
  if (!/^[0-9.]{1,64}$/.test(uid)) return { uid: "", name: "unknown" };
  const known = [...codecs.flatMap(({ syntaxes }) => syntaxes), ...undecoded];
  return known.find((syntax) => syntax.uid === uid) ?? { uid, name: "unknown" };
}
