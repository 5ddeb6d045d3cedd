import type { OffersFor } from "./offers";
import { faultOf, type InitAnswers, QUESTIONS, type Question } from "./questions";

type Known = Partial<InitAnswers>;

/** More than a screen of offers can be searched. */
const SCREEN = 10;

/**
 * Asks on the terminal for what is not known. Undefined: the user canceled.
 *
 * @param isTaken whether a stack of this name has a file already.
 */
export async function ask(
  given: Known,
  offersFor: OffersFor,
  isTaken: (stack: string) => boolean,
): Promise<InitAnswers | undefined> {
  const prompts = await import("@clack/prompts");
  prompts.intro("Countersign: a new stack file");
  let known = given;
  for (const question of QUESTIONS) {
    if (known[question.key] !== undefined) continue;
    const offers = await offersFor(question.key, known);
    if (offers && "none" in offers) prompts.log.info(offers.none);
    const answer = await (offers && "all" in offers
      ? choose(prompts, question, offers.all)
      : type(prompts, question, isTaken));
    if (prompts.isCancel(answer)) {
      prompts.cancel("Nothing was written.");
      return undefined;
    }
    // A chosen resource brings its own group, and not one that an option names.
    known = { ...known, ...(answer as Known) };
  }
  prompts.outro("That is all.");
  return known as InitAnswers;
}

type Prompts = typeof import("@clack/prompts", { with: { "resolution-mode": "import" }});

async function choose(
  prompts: Prompts,
  question: Question,
  offers: ReadonlyArray<{ readonly label: string; readonly brings: Known }>,
): Promise<Known | symbol> {
  const other: Known = {};
  const options = [
    ...offers.map(({ label, brings }) => ({ value: brings, label })),
    { value: other, label: "Another one" },
  ];
  const message = question.what;
  const answer = await (options.length > SCREEN
    ? prompts.autocomplete<Known>({ message, options, maxItems: SCREEN })
    : prompts.select<Known>({ message, options }));
  return answer === other ? type(prompts, question) : answer;
}

async function type(
  prompts: Prompts,
  question: Question,
  isTaken: (stack: string) => boolean = () => false,
): Promise<Known | symbol> {
  const { key, what, example, standard } = question;
  const answer = await prompts.text({
    message: what,
    placeholder: standard ?? example,
    defaultValue: standard,
    validate: (value) => {
      const given = value || (standard ?? "");
      if (key === "stack" && isTaken(given)) return `Pulumi.${given}.yaml exists already.`;
      return faultOf(question, given);
    },
  });
  return prompts.isCancel(answer) ? answer : { [key]: answer };
}
