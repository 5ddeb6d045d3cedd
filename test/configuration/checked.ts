import { expect } from "vitest";
import type { StackConfiguration } from "../../configuration/schema";
import { type Config, read } from "./stack";

/** Reads a good configuration, which has no problems. */
export function checked(changes: Config = {}, environment: Record<string, string> = {}) {
  const { configuration, problems } = read(changes, environment);
  expect(problems).toEqual([]);
  return configuration as StackConfiguration;
}

type Pipeline = StackConfiguration["pipelines"][string];

/** The pipeline `web` of a good configuration. */
export function web(pipeline: Config): Pipeline {
  return checked({ "countersign:pipelines": { web: pipeline } }).pipelines.web as Pipeline;
}
