import { createHash } from "node:crypto";

/** A request to GitHub's REST API. */
export interface Request {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** The path without a leading slash. */
  readonly path: string;
  readonly body?: object;
}

/** A request, and whether GitHub refused it with a secondary rate limit. */
export interface Sent extends Request {
  readonly throttled: boolean;
}

/**
 * The requests of the embedded provider: the ones of `getRestApi`, and all writes. They are the ones of
 * the real provider, in the form of https://github.com/google/go-github v88.0.0.
 */
export class Requests {
  readonly sent: Sent[] = [];

  /** @param throttled How many requests are refused first. */
  constructor(private throttled: number) {}

  /**
   * Sends a request. GitHub refuses it with a secondary rate limit as long as it throttles. The
   * provider then waits as long as the answer says, and sends the request again until GitHub answers:
   * https://github.com/integrations/terraform-provider-github v6.13.0, github/transport.go
   * (`RateLimitTransport`). Nothing waits here.
   * https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits
   */
  send(request: Request): void {
    for (; this.throttled > 0; this.throttled -= 1) {
      this.sent.push({ ...request, throttled: true });
    }
    this.sent.push({ ...request, throttled: false });
  }
}

/**
 * The body that carries a secret. The value is encrypted with a public key of GitHub, so nothing but
 * its form is imitated.
 */
export function sealed(value: string): { key_id: string; encrypted_value: string } {
  const digest = createHash("sha256").update(value).digest("base64");
  return { key_id: "568250167242549743", encrypted_value: digest };
}

/** A path with its parts escaped, as Go's `url.PathEscape` does it. */
export function refPath(path: string): string {
  return path.split("/").map(escaped).join("/");
}

/** One part of a path, escaped. */
export function escaped(part: string): string {
  return encodeURIComponent(part)
    .replace(/[!'()*]/g, (it) => `%${it.charCodeAt(0).toString(16).toUpperCase()}`)
    .replace(/%(24|26|2B|3A|3D|40)/g, decodeURIComponent);
}

/** A part of a resource's id: github/util.go of the provider (`escapeIDPart`). */
export function idPart(part: string): string {
  return part.replaceAll(":", "??");
}

/** The parts of an id again: https://www.pulumi.com/registry/packages/github (imports). */
export function idParts(id: string): string[] {
  return id.split(":").map((part) => part.replaceAll("??", ":"));
}
