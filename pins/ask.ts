import { whyUnreached } from "../commands/clients/unreached";

/** What a host answered. `unreached`: nothing is known. */
export type Answer<T> =
  | { readonly status: "found"; readonly value: T }
  | { readonly status: "missing" }
  | { readonly status: "unreached" };

export interface Asker {
  /** Sends a request, and reads the answer. */
  ask<T>(
    url: string,
    request: { readonly method?: "HEAD"; readonly headers?: Readonly<Record<string, string>> },
    read: (response: Response) => Promise<T>,
  ): Promise<Answer<T>>;
  /** Why hosts could not be asked. Each host has its first reason. */
  readonly unreached: ReadonlyMap<string, string>;
}

/** Long enough for a slow host, and short enough for a network that drops requests. */
const PATIENCE = 15_000;

export function asker(send: typeof fetch = fetch): Asker {
  const unreached = new Map<string, string>();
  /** Hosts that do not answer at all. They are not asked again. */
  const silent = new Set<string>();
  return {
    unreached,
    async ask(url, request, read) {
      const { host } = new URL(url);
      const failed = (why: string) => {
        if (!unreached.has(host)) unreached.set(host, why);
        return { status: "unreached" } as const;
      };
      if (silent.has(host)) return { status: "unreached" };
      let response: Response;
      try {
        response = await send(url, { ...request, signal: AbortSignal.timeout(PATIENCE) });
      } catch (failure) {
        silent.add(host);
        return failed(whyUnreached(failure));
      }
      if (response.status === 404) return { status: "missing" };
      if (!response.ok) return failed(await saidBy(response));
      try {
        return { status: "found", value: await read(response) };
      } catch (failure) {
        return failed(whyUnreached(failure));
      }
    },
  };
}

async function saidBy(response: Response): Promise<string> {
  const body = (await response.json().catch(() => ({}))) as { readonly message?: string };
  return [response.status, body.message ?? response.statusText].filter(Boolean).join(" ");
}
