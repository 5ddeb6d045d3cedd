import { posix } from "node:path";
import {
  type ActionsPolicy,
  type Answer,
  type RepositorySnapshot,
  workflowsOf,
} from "../../snapshot";
import type { SubjectCustomization } from "../../trust/subjects";
import type { Asked, AskedOf } from "./asked";
import { discoverBranch, discoverPushRulesets } from "./branches";
import { discoverEnvironments } from "./environments";
import { byKey, path, textOf } from "./reader";
import { discoverSettings, discoverVerifierVariables } from "./settings";

type RepositoryAnswer = Pick<
  RepositorySnapshot,
  "id" | "name" | "owner" | "private" | "visibility" | "archived"
> & { readonly default_branch: string; readonly html_url: string };

/** Everything that planning asks of one pipeline's repository. */
export async function discoverRepository(
  asked: Asked,
  owner: string,
): Promise<Answer<RepositorySnapshot>> {
  const { reader, wanted } = asked;
  const found = await reader.get<RepositoryAnswer>(path`repos/${owner}/${wanted.repository}`);
  if (found.status !== "found") return found;
  const { id, name, owner: account, private: isPrivate, visibility, archived } = found.value;
  const { default_branch: defaultBranch, html_url: url } = found.value;
  const base = path`repos/${account.login}/${name}`;
  const of = { ...asked, owner: account.login, id, base, branch: defaultBranch };
  const [
    branch,
    pushRulesets,
    actions,
    subjects,
    files,
    missingFiles,
    environments,
    settings,
    own,
  ] = await Promise.all([
    discoverBranch(of),
    // Public repositories have none.
    isPrivate ? discoverPushRulesets(of) : undefined,
    discoverActions(of),
    discoverSubjects(of, account.type),
    discoverFiles(of),
    discoverMissingFiles(of),
    discoverEnvironments(of),
    discoverSettings(of),
    discoverVerifierVariables(of),
  ]);
  const { login, id: ownerId, type } = account;
  const itself = { id, name, owner: { login, id: ownerId, type }, private: isPrivate };
  const policies = { pushRulesets, actions, environments, settings, verifierVariables: own };
  const seen = { ...branch, ...subjects, ...files, missingFiles, ...policies };
  const value = { ...itself, visibility, archived, defaultBranch, url, ...seen };
  return { status: "found", value };
}

/** The subject template: the repository's, and its organization's where it uses that one. */
async function discoverSubjects(
  { reader, owner, base }: AskedOf,
  type: string,
): Promise<Pick<RepositorySnapshot, "subjects" | "organizationSubjects">> {
  const subjects = await reader.get<SubjectCustomization>(`${base}/actions/oidc/customization/sub`);
  const own = subjects.status === "found" ? subjects.value : undefined;
  const inherits = own?.use_default === false && !own.include_claim_keys?.length;
  if (type !== "Organization" || !inherits) return { subjects };
  const organization = path`orgs/${owner}/actions/oidc/customization/sub`;
  return { subjects, organizationSubjects: await reader.get(organization) };
}

/** The policy for GitHub Actions, with the list of what it allows where it has one. */
async function discoverActions({ reader, base }: AskedOf): Promise<Answer<ActionsPolicy>> {
  const at = `${base}/actions/permissions`;
  const found = await reader.get<ActionsPolicy>(at);
  if (found.status !== "found" || found.value.allowed_actions !== "selected") return found;
  const selected: ActionsPolicy["selected"] = await reader.get(`${at}/selected-actions`);
  return { status: "found", value: { ...found.value, selected } };
}

/** The Dockerfiles of new images that the default branch lacks, where its pushes build images. */
async function discoverMissingFiles(of: AskedOf): Promise<string[]> {
  const { reader, base, branch, wanted, record } = of;
  const known = record?.plans.at(-1)?.images ?? [];
  const isNew = wanted.images.some((image) => !known.includes(image.name));
  if (!wanted.build || !isNew || (wanted.branches && !wanted.branches.includes(branch))) return [];
  const paths = wanted.images.map((image) => posix.join(image.context, image.dockerfile));
  const found = await byKey(paths, (file) =>
    reader.get(base + path`/contents/${file}?ref=${branch}`),
  );
  return Object.entries(found).flatMap(([file, { status }]) => (status === "missing" ? file : []));
}

/** Texts of each workflow that this pipeline has or had on the default branch. */
async function discoverFiles(of: AskedOf): Promise<Pick<RepositorySnapshot, "files" | "hidden">> {
  const { reader, base, branch, wanted, record } = of;
  const recorded = record?.plans.flatMap(workflowsOf) ?? [];
  const verifying = wanted.verify ? [wanted.verify.workflow] : [];
  const paths = [wanted.workflow, ...verifying, ...recorded, ...(record?.formerWorkflows ?? [])];
  const found = await byKey(paths, (file) =>
    reader.get<{ readonly content: string }>(base + path`/contents/${file}?ref=${branch}`),
  );
  const hidden = Object.values(found).find(({ status }) => status === "forbidden");
  const texts = Object.entries(found).flatMap(([file, answer]) =>
    answer.status === "found" ? [[file, textOf(answer.value)]] : [],
  );
  return { files: Object.fromEntries(texts), ...(hidden && { hidden: true }) };
}
