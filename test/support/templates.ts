import { found, plannedWeb, repository, type SnapshotChanges } from "./planning";

/** What is trusted under which subject template: claim keys, a pipeline, and its subjects. */
export type TemplateCase = readonly [
  keys: readonly string[],
  pipeline: {
    readonly branches?: readonly string[];
    readonly tags?: readonly string[];
    readonly environment?: string;
  },
  subjects: readonly string[],
];

const two = { branches: ["main", "next"] };
export const GATED = { ...two, environment: "release" };

/** Templates that fit, for a private repository of Contoso with immutable subjects. */
export function acceptedTemplates(name: string, id: number): TemplateCase[] {
  const IDS = `repo:Contoso@5/${name}@${id}`;
  const WORKFLOW_REF = `Contoso/${name}/.github/workflows/sign-image.yml`;
  return [
    [["repo", "context"], {}, [`${IDS}:ref:refs/heads/main`]],
    [["repo", "context"], two, [`${IDS}:ref:refs/heads/main`, `${IDS}:ref:refs/heads/next`]],
    [["repo", "context"], { ...GATED, tags: ["v*"] }, [`${IDS}:environment:release`]],
    [
      ["repository_owner_id", "repository_id", "context"],
      two,
      [
        `repository_owner_id:5:repository_id:${id}:ref:refs/heads/main`,
        `repository_owner_id:5:repository_id:${id}:ref:refs/heads/next`,
      ],
    ],
    [
      ["repository_owner_id", "repository_id", "context"],
      GATED,
      [`repository_owner_id:5:repository_id:${id}:environment:release`],
    ],
    [["repository", "ref"], {}, [`repository:Contoso/${name}:ref:refs/heads/main`]],
    [
      ["repo", "context", "workflow_ref"],
      two,
      [
        `${IDS}:ref:refs/heads/main:workflow_ref:${WORKFLOW_REF}@refs/heads/main`,
        `${IDS}:ref:refs/heads/next:workflow_ref:${WORKFLOW_REF}@refs/heads/next`,
      ],
    ],
    [
      ["repository", "environment", "ref"],
      { ...GATED, tags: ["v1.0"] },
      [
        `repository:Contoso/${name}:environment:release:ref:refs/heads/main`,
        `repository:Contoso/${name}:environment:release:ref:refs/heads/next`,
        `repository:Contoso/${name}:environment:release:ref:refs/tags/v1.0`,
      ],
    ],
    [
      ["repo", "context", "workflow_ref"],
      GATED,
      [
        `${IDS}:environment:release:workflow_ref:${WORKFLOW_REF}@refs/heads/main`,
        `${IDS}:environment:release:workflow_ref:${WORKFLOW_REF}@refs/heads/next`,
      ],
    ],
    [
      ["repository_id", "environment", "ref_type", "repository_visibility", "workflow"],
      { ...GATED, tags: ["v*"] },
      [
        `repository_id:${id}:environment:release:ref_type:branch:repository_visibility:private:workflow:Sign image`,
        `repository_id:${id}:environment:release:ref_type:tag:repository_visibility:private:workflow:Sign image`,
      ],
    ],
  ];
}

/** A private repository whose subject template has these keys. */
export const under = (keys: readonly string[], changes: object = {}): SnapshotChanges => ({
  repositories: {
    web: repository({
      private: true,
      visibility: "private",
      subjects: found({
        use_default: false,
        include_claim_keys: keys,
        sub_claim_prefix: "repo:Contoso@5/web@7",
      }),
      ...changes,
    }),
  },
});
/** What a pipeline trusts. */
export const subjects = (pipeline: object, there: SnapshotChanges = {}) =>
  plannedWeb(pipeline, there).credentials.map(({ subject }) => subject);
