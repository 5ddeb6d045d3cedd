import { expect, test } from "vitest";
import { newest } from "../../discovery/azure/certificates";

const certificate = (status: string, createdDate?: string) => ({ status, createdDate });
const old = certificate("Active", "2026-11-24T05:00:00Z");
const young = certificate("Active", "2026-11-26T05:00:00Z");

test.each([
  ["of several active ones, the last", [old, young], young],
  ["an active one before a later one that is expired", [certificate("Expired", "2027"), old], old],
  [
    "of expired ones, the last",
    [certificate("Expired", "1/2/2025"), certificate("Expired", "2/1/2026")],
    certificate("Expired", "2/1/2026"),
  ],
  ["none that was revoked", [certificate("Revoked", "2026-11-26")], undefined],
  ["one with a date before one without", [certificate("Active"), old], old],
  ["of none, none", [], undefined],
])("%s", (_, certificates, expected) => {
  expect(newest(certificates)).toEqual(expected);
  expect(newest([...certificates].reverse())).toEqual(expected);
});
