import { createServer, type Server } from "node:http";

/** A proxy that refuses every request, and reports the host. */
export function gate(onHost: (host: string) => void): Server {
  const server = createServer((request, response) => {
    onHost(hostOf(request.url));
    response.writeHead(403).end("unexpected host");
  });
  server.on("connect", (request, socket) => {
    onHost(request.url ?? "");
    socket.on("error", () => undefined);
    socket.end("HTTP/1.1 403 unexpected host\r\n\r\n");
  });
  return server;
}

function hostOf(url = ""): string {
  return URL.canParse(url) ? new URL(url).host : url;
}
