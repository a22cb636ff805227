const deepest = 12;

/**
 * The plainest value that fits a JSON Schema (2020-12): of a choice the first, of a range the lowest, of texts “scripted”.
 * Knows type, const, enum, anyOf, oneOf, allOf, $ref into $defs, properties, items and their lengths; a pattern is not tried.
 */
export function exampleOf(schema: unknown): unknown {
  return build(schema, { root: schema, depth: 0 });
}

type Place = { root: unknown; depth: number };

function build(schema: unknown, place: Place): unknown {
  const { depth, root } = place;
  if (!isObject(schema) || depth > deepest) return null;
  const deeper = { root, depth: depth + 1 };
  if ("const" in schema) return schema.const;
  if (Array.isArray(schema.enum)) return schema.enum[0];
  if (typeof schema.$ref === "string") return build(resolve(root, schema.$ref), deeper);
  const [choice] = [schema.anyOf, schema.oneOf].flatMap((list) => (Array.isArray(list) ? list : []));
  if (choice !== undefined) return build(choice, deeper);
  if (Array.isArray(schema.allOf))
    return build(Object.assign({}, schema, { allOf: undefined }, ...schema.allOf), deeper);
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  if (type === "object" || isObject(schema.properties)) return buildObject(schema, deeper);
  if (type === "array")
    return Array.from({ length: numberOr(schema.minItems, 1) }, () => build(schema.items, deeper));
  return buildPlain(type, schema);
}

function buildObject(schema: Record<string, unknown>, place: Place): object {
  const properties = isObject(schema.properties) ? schema.properties : {};
  return Object.fromEntries(Object.entries(properties).map(([key, field]) => [key, build(field, place)]));
}

function buildPlain(type: unknown, schema: Record<string, unknown>): unknown {
  switch (type) {
    case "string":
      return "scripted"
        .padEnd(Math.min(numberOr(schema.minLength, 0), 10_000), ".")
        .slice(0, numberOr(schema.maxLength, 10_000));
    case "integer":
    case "number":
      return numberOr(
        schema.minimum,
        Math.min(numberOr(schema.exclusiveMinimum, 0) + 1, numberOr(schema.maximum, 1)),
      );
    case "boolean":
      return false;
    default:
      return null;
  }
}

function resolve(root: unknown, reference: string): unknown {
  return reference
    .replace(/^#\/?/, "")
    .split("/")
    .filter((key) => key !== "")
    .reduce<unknown>((value, key) => (isObject(value) ? value[key] : undefined), root);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function numberOr(value: unknown, otherwise: number): number {
  return typeof value === "number" && Number.isFinite(value) ? value : otherwise;
}
