import { MedRoundsError } from "#contracts";

/** Where a model is, as read from one line of text such as `openai:http://127.0.0.1:8000/v1?family=e5#intfloat/e5-base`. */
export type ModelSource = {
  provider: string;
  /** A folder, a hub id, two of them with a comma between, or an address with its own query parameters. */
  place: string;
  /** After `#`. */
  model?: string;
  /** `?family=NAME` */
  family?: string;
};

/**
 * Reads `PROVIDER:PLACE[?family=NAME][#MODEL]`. The text is in no error, because an address may hold a password.
 * @throws MedRoundsError `model-source-invalid`
 */
export function parseModelSource(text: string): ModelSource {
  const { provider, place, query, model } =
    /^(?<provider>[a-z]+):(?<place>[^?#]+)(?:\?(?<query>[^#]*))?(?:#(?<model>.+))?$/su.exec(text.trim())
      ?.groups ?? {};
  if (provider === undefined || place === undefined) {
    throw new MedRoundsError(
      "model-source-invalid",
      "The source of the model has not the form PROVIDER:PLACE.",
    );
  }
  const parameters = new URLSearchParams(query);
  const family = parameters.get("family");
  parameters.delete("family");
  if (parameters.size > 0 && !isAddress(place)) {
    throw new MedRoundsError("model-source-invalid", "The only option of a model in a folder is family.");
  }
  return {
    provider,
    place: parameters.size > 0 ? `${place}?${parameters}` : place,
    ...(model !== undefined && { model }),
    ...(family !== null && { family }),
  };
}

function isAddress(place: string): boolean {
  return /^https?:/i.test(place);
}

/** The part of a list that a source names. Throws `model-source-invalid` with the names there are. */
export function findProvider<Provider extends { name: string; example: string }>(
  providers: readonly Provider[],
  { provider }: ModelSource,
): Provider {
  const found = providers.find(({ name }) => name === provider);
  if (found !== undefined) return found;
  const named = provider.slice(0, 80);
  const names = providers.map(({ name }) => name).join(", ");
  const examples = providers.map(({ example }) => example).join(", ");
  const message = `No provider of this kind of model is called ${named}; there is: ${names}.`;
  throw new MedRoundsError("model-source-invalid", message, { provider: named, examples });
}
