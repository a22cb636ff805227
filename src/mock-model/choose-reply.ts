import { chooseRule } from "./choose-rule.ts";
import type { Facts } from "./conversation.ts";
import { refuse } from "./doors/door.ts";
import { type Fault, faults, parseFault } from "./fault.ts";
import type { Exchange, MockSettings } from "./mock-settings.ts";
import type { ScriptReply } from "./script.ts";

type ChosenReply = {
  reply: ScriptReply;
  rule: string | null;
  captures: readonly (string | undefined)[];
  fault: Fault | undefined;
};

/**
 * What the script says to an exchange. A fault that the request asks for goes before one drawn by its share, that one before the rule's.
 * @throws RequestProblem where the request asks for an unknown fault, or has too many images
 */
export function chooseReply(request: {
  exchange: Exchange;
  facts: Facts;
  settings: MockSettings;
  given: string | undefined;
}): ChosenReply {
  const { exchange, facts, settings, given } = request;
  const asked = given === undefined ? undefined : parseFault(given);
  if (given !== undefined && !asked)
    refuse(`Unknown fault; there is: ${Object.keys(faults).join(", ")}.`, "fault");
  const { script } = settings;
  if (typeof script === "function") {
    const reply = script(exchange);
    return { reply, rule: null, captures: [], fault: asked ?? faultOf(reply) };
  }
  const { mostImages = Number.POSITIVE_INFINITY } = script;
  if (facts.images > mostImages)
    refuse(`At most ${mostImages} image(s) may be provided in one prompt.`, "messages");
  const drawn = script.faults.find(
    ({ fault, share }) => settings.chance("fault", fault, exchange.index) < share,
  );
  const rule = chooseRule({
    rules: script.rules,
    conversation: exchange.conversation,
    facts,
    uses: settings.uses,
  });
  const reply = rule?.reply ?? {
    text: "This is the mock model: no rule of its script holds for this request.",
  };
  const fault = asked ?? (drawn && parseFault(drawn.fault)) ?? faultOf(reply);
  const captures = rule?.when.text === undefined ? [] : capture(facts.asked, rule.when.text);
  return {
    reply,
    captures,
    rule: rule ? (rule.name ?? `rule ${script.rules.indexOf(rule) + 1}`) : null,
    fault,
  };
}

function faultOf({ fault }: ScriptReply): Fault | undefined {
  return fault === undefined ? undefined : parseFault(fault);
}

function capture(text: string, pattern: string): readonly (string | undefined)[] {
  return new RegExp(pattern, "iu").exec(text)?.slice(1) ?? [];
}
