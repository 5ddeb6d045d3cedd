import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import type { Clouds } from "../../rehearsal/clouds/clouds";
import { restAnswer } from "../../rehearsal/clouds/github/rest/api";

/** A request of a command to a cloud. */
export interface CloudRequest {
  readonly method: string;
  /** Without a leading slash. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Readonly<Record<string, unknown>>;
  readonly token: string;
}

export interface CloudAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** Answers some requests. Undefined: another answers. */
export type CloudHandler = (request: CloudRequest) => CloudAnswer | undefined;

/** The clouds of a test, over HTTP on loopback. */
export interface HttpClouds {
  readonly url: string;
  close(): void;
}

/** Serves the embedded GitHub, and what a test adds to it, under `/github`, and Azure under `/arm`. */
export async function serveClouds(
  clouds: Clouds,
  handlers: { readonly github?: CloudHandler; readonly arm?: CloudHandler },
): Promise<HttpClouds> {
  const gitHub: CloudHandler = (request) =>
    handlers.github?.(request) ??
    (request.method === "GET" ? restAnswer(clouds.github, request.path, request.query) : undefined);
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://127.0.0.1");
    const [, cloud, ...rest] = pathname.split("/");
    const asked = {
      method: request.method ?? "GET",
      path: rest.join("/"),
      query: searchParams,
      body: await bodyOf(request),
      token: request.headers.authorization?.replace(/^Bearer /, "") ?? "",
    };
    const answer = (cloud === "github" ? gitHub : handlers.arm)?.(asked) ?? {
      status: 404,
      body: { message: "Not Found" },
    };
    response.writeHead(answer.status, { "content-type": "application/json" });
    response.end(JSON.stringify(answer.body));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<CloudRequest["body"]> {
  let text = "";
  for await (const chunk of request) text += chunk;
  return text ? JSON.parse(text) : {};
}
