import { beir } from "./beir.ts";
import { medquad } from "./medquad.ts";
import { medragSnippet } from "./medrag-snippet.ts";
import { ontology } from "./ontology.ts";
import { openstax } from "./openstax.ts";
import { plain } from "./plain.ts";

/** The shapes of rows, in order: the first that fits reads the row. `plain` fits every row. */
export const rowReaders = [medquad, ontology, openstax, beir, medragSnippet, plain];
