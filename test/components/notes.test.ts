import * as pulumi from "@pulumi/pulumi";
import { expect, test, vi } from "vitest";
import { tell } from "../../components/notes";

test("a note waits for its resource, and not in the queue of all messages", async () => {
  const info = vi.spyOn(pulumi.log, "info").mockResolvedValue();
  const on = (urn: Promise<string>) => ({ urn: pulumi.output(urn) }) as pulumi.Resource;
  const registered = on(Promise.resolve("urn"));
  tell(on(new Promise(() => undefined)), { notes: ["never"] });
  tell(registered, { notes: ["first", "second"] });
  expect(info).not.toHaveBeenCalled();
  await vi.waitFor(() => expect(info).toHaveBeenCalledTimes(2));
  expect(info.mock.calls).toEqual([
    ["first", registered],
    ["second", registered],
  ]);
  info.mockRestore();
});
