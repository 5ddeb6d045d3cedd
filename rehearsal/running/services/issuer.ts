import { createServer, type Server } from "node:http";

/** What a job must send to get a token. GitHub makes a new one for each job. */
export const REQUEST_TOKEN = "rehearsal";

/** Stands in for GitHub's issuer of tokens. The Azure CLI's stand-in reads these tokens. */
export function issuer(): Server {
  let issued = 0;
  return createServer((request, response) => {
    const { searchParams } = new URL(request.url ?? "", "http://localhost");
    if (request.headers.authorization !== `bearer ${REQUEST_TOKEN}`) {
      return response.writeHead(401).end();
    }
    issued += 1;
    const token = { number: issued, audience: searchParams.get("audience") };
    const value = Buffer.from(JSON.stringify(token)).toString("base64url");
    return response.end(JSON.stringify({ value }));
  });
}
