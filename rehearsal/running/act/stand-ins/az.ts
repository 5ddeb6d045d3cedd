import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { acrLogin, exchange, readRegistry, showTags } from "./az-registry";
import { acceptLogin, setSubscription } from "./login";
import { isLate, now, requireLogin, TOKEN_LIFETIME, world } from "./world";

type Values = Partial<Record<string, string | boolean>>;

const text = { type: "string" } as const;
const flag = { type: "boolean" } as const;

/** The commands of the Azure CLI that a generated workflow uses, each with its options. */
const COMMANDS = {
  login: {
    options: {
      "service-principal": flag,
      username: text,
      tenant: text,
      "federated-token": text,
      output: text,
    },
    run: login,
  },
  "account set": {
    options: { subscription: text },
    run: ({ subscription }: Values) => setSubscription(String(subscription)),
  },
  "acr login": {
    options: { name: text, suffix: text, "expose-token": flag, query: text, output: text },
    run: acrLogin,
  },
  "acr repository show-tags": {
    options: {
      name: text,
      suffix: text,
      repository: text,
      orderby: text,
      top: text,
      output: text,
    },
    run: showTags,
  },
  rest: {
    options: {
      method: text,
      url: text,
      "skip-authorization-header": flag,
      headers: text,
      body: text,
      query: text,
      output: text,
      resource: text,
    },
    run: (given: Values) => (REQUESTS[String(given.method)] ?? extendedKeyUsages)(given),
  },
} as const;

/** `az rest` by its method. */
const REQUESTS: Readonly<Record<string, (given: Values) => void | Promise<void>>> = {
  post: exchange,
  get: readRegistry,
};

/** `az COMMAND --OPTION VALUE…`. Other commands and options fail. */
export async function az(): Promise<void> {
  try {
    const words = process.argv.slice(2);
    const first = words.findIndex((word) => word.startsWith("-"));
    const name = words.slice(0, first).join(" ");
    const command = COMMANDS[name as keyof typeof COMMANDS];
    if (!command) throw new Error(`unknown: ${words.join(" ")}`);
    const { values } = parseArgs({ args: words.slice(first), options: command.options });
    await command.run(values as Values);
  } catch (error) {
    console.error(`ERROR: ${(error as Error).message}`);
    process.exitCode = 1;
  }
}

/** A login with a token of the issuer in issuer.ts. */
function login(given: Values): void {
  const token = String(given["federated-token"]);
  if (!given["service-principal"]) throw new Error("only a service principal can log in");
  const { audience } = JSON.parse(Buffer.from(token, "base64url").toString());
  if (audience !== world().audience) throw new Error(`AADSTS700212: audience ${audience}`);
  const file = join(homedir(), "tokens");
  const used = existsSync(file) ? readFileSync(file, "utf8").split("\n") : [];
  const [, since] = used.find((line) => line.startsWith(`${token} `))?.split(" ") ?? [];
  if (since && now() - Number(since) > TOKEN_LIFETIME) {
    throw new Error("AADSTS700024: Client assertion is not within its valid time range.");
  }
  if (!since) appendFileSync(file, `${token} ${now()}\n`);
  acceptLogin(String(given.username), String(given.tenant));
}

/** The question about a certificate profile. Only its signers get an answer. */
function extendedKeyUsages({ url, resource }: Values): void {
  if (resource !== "https://codesigning.azure.net") throw new Error("Unauthorized");
  requireLogin();
  const { sign } = world();
  const path =
    sign && `codesigningaccounts/${sign.account}/certificateprofiles/${sign.profile}/sign/eku`;
  const known = sign && `${sign.endpoint.replace(/\/$/, "")}/${path}`;
  if (url !== `${known}?api-version=2022-06-15-preview` || isLate("sign")) {
    throw new Error("Forbidden");
  }
}
