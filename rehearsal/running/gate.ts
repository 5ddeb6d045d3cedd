import { createServer, type Server } from "node:http";

/** A proxy that lets nothing through: whoever asks for a host that is not expected is recorded. */
export function gate(onHost: (host: string) => void): Server {
  const server = createServer((request, response) => {
    onHost(hostOf(request.url));
    response.writeHead(403).end("a host that is not expected");
  });
  server.on("connect", (request, socket) => {
    onHost(request.url ?? "");
    socket.on("error", () => undefined);
    socket.end("HTTP/1.1 403 a host that is not expected\r\n\r\n");
  });
  return server;
}

function hostOf(url = ""): string {
  return URL.canParse(url) ? new URL(url).host : url;
}
