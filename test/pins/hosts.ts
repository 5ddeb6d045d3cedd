import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** What a host answers: text as it is, and everything else as JSON. */
export interface Reply {
  readonly status?: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Replies by host and path with query, such as `github.com/owner/name`. Others are not found. */
export type Replies = Readonly<Record<string, Reply>>;

/** Hosts of the internet on a server on loopback. */
export interface Hosts {
  readonly url: string;
  /** Method, host, and path of each request, and its `authorization`. */
  readonly asked: ReadonlyArray<readonly [request: string, authorization?: string]>;
  /** `fetch`, but a host is this server. Hosts without any reply refuse the connection. */
  readonly send: typeof fetch;
}

/** Serves the replies for the time of `work`. */
export async function withHosts<T>(replies: Replies, work: (hosts: Hosts) => Promise<T>) {
  const asked: Array<readonly [string, string?]> = [];
  const server = createServer((request, response) => {
    const name = (request.url ?? "/").slice(1);
    const { authorization } = request.headers;
    const line = `${request.method} ${name}`;
    asked.push(authorization ? [line, authorization] : [line]);
    const { status = 200, body = "", headers } = replies[name] ?? { status: 404 };
    response.writeHead(status, headers);
    response.end(typeof body === "string" ? body : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const known = new Set(Object.keys(replies).map((it) => it.split("/")[0]));
  const send: typeof fetch = async (input, init) => {
    const { host, pathname, search } = new URL(String(input));
    if (known.has(host)) return fetch(`${url}/${host}${pathname}${search}`, init);
    throw new TypeError("fetch failed", { cause: new Error(`connect ECONNREFUSED ${host}`) });
  };
  try {
    return await work({ url, asked, send });
  } finally {
    server.closeAllConnections();
    server.close();
  }
}
