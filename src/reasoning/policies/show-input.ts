/** The input of a tool in a few words, by its JSON Schema: `{"image": integer, may be left out}`. */
export function showInput(schema: Record<string, unknown>): string {
  const { properties = {}, required = [] } = schema as {
    properties?: Record<string, { type?: unknown }>;
    required?: readonly string[];
  };
  const fields = Object.entries(properties).map(([name, { type }]) => {
    const kind = typeof type === "string" ? type : "value";
    return `"${name}": ${kind}${required.includes(name) ? "" : ", may be left out"}`;
  });
  return `{${fields.join("; ")}}`;
}
