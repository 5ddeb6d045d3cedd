import type { z } from "zod";
import * as field from "../../configuration/schemas/fields";

/** What a stack file needs. */
export interface InitAnswers {
  readonly stack: string;
  readonly owner: string;
  readonly repository: string;
  readonly registry: string;
  readonly registryGroup: string;
  readonly account: string;
  readonly signingGroup: string;
  readonly profile: string;
  readonly location: string;
}

export type Key = keyof InitAnswers;

export interface Question {
  readonly key: Key;
  readonly flag: string;
  /** What is asked for, as a noun. */
  readonly what: string;
  readonly example: string;
  readonly field: z.ZodType<string>;
  /** Taken if nothing else is said. Default: none, so the question must be answered. */
  readonly standard?: string;
}

/** In the order in which they are asked. An answer can bring the answers of later ones. */
export const QUESTIONS: readonly Question[] = [
  {
    key: "stack",
    flag: "--stack",
    what: "Name of the stack",
    example: "prod",
    field: field.logicalName,
    standard: "prod",
  },
  {
    key: "owner",
    flag: "--owner",
    what: "User or organization on GitHub",
    example: "contoso",
    field: field.login,
  },
  {
    key: "repository",
    flag: "--repository",
    what: "Repository whose images are signed",
    example: "web",
    field: field.repositoryName,
  },
  {
    key: "registry",
    flag: "--registry",
    what: "Container registry",
    example: "contosoimages",
    field: field.registryName,
  },
  {
    key: "registryGroup",
    flag: "--registry-group",
    what: "Resource group of the registry",
    example: "rg-images",
    field: field.resourceGroup,
  },
  {
    key: "location",
    flag: "--location",
    what: "Azure region of the new identity",
    example: "westeurope",
    field: field.location,
    standard: "westeurope",
  },
  {
    key: "account",
    flag: "--account",
    what: "Artifact Signing account",
    example: "contoso-signing",
    field: field.accountName,
  },
  {
    key: "signingGroup",
    flag: "--signing-group",
    what: "Resource group of the account",
    example: "rg-signing",
    field: field.resourceGroup,
  },
  {
    key: "profile",
    flag: "--profile",
    what: "Certificate profile",
    example: "container-images",
    field: field.profileName,
  },
];

/** What is wrong with a value, with the way out. Undefined: nothing. */
export function faultOf({ field }: Question, value: string): string | undefined {
  const { error } = field.safeParse(value);
  const issue = error?.issues[0];
  if (!issue) return undefined;
  const params = issue.code === "custom" ? issue.params : undefined;
  return params ? `Expected: ${params.expected}. ${params.fix}` : issue.message;
}

/** Every flag that cannot be used, and then every flag that is missing; empty if there is none. */
export function faultsOf(
  given: Readonly<Partial<Record<Key, string>>>,
  isAsked: boolean,
): readonly string[] {
  const bad = QUESTIONS.flatMap((question) => {
    const value = given[question.key];
    const fault = value === undefined ? undefined : faultOf(question, value);
    return fault ? [`${question.flag} ${value} cannot be used. ${fault}`] : [];
  });
  const missing = isAsked
    ? []
    : QUESTIONS.filter(({ key, standard }) => given[key] === undefined && !standard).map(
        ({ flag, what, example }) => `${flag} is missing: ${what}. Example: ${flag} ${example}`,
      );
  return [...bad, ...missing];
}
