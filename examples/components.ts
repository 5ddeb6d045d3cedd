import * as pulumi from "@pulumi/pulumi";
import { PipelineIdentity } from "../components/access/pipeline-identity";
import { RegistryAccess } from "../components/access/registry-access";
import { SignerAccess } from "../components/access/signer-access";
import { CommittedFiles } from "../components/committed-files";
import { DeploymentEnvironment } from "../components/deployment-environment";
import { LoginSettings } from "../components/login-settings";
import { AZURE_CLOUDS, GITHUB_COM } from "../trust/hosts";

/** Components used alone, with a workflow of one's own. Inputs can be outputs of other resources. */
export = async () => {
  const config = new pulumi.Config();
  const output = (key: string) => pulumi.output(config.require(key));
  const [registryId, profileId, tenantId] = [
    output("registryId"),
    output("profileId"),
    output("tenantId"),
  ];
  // Each component needs an existing repository, by its name.
  const place = { pipeline: "web", repository: pulumi.output("web") };

  // Pushes to `main` and of tags `v*` may use this environment, and nothing else may.
  const reviewers = { users: [], teams: [] };
  const environment = { name: "release", create: true, reviewers, preventSelfReview: false };
  const gate = new DeploymentEnvironment("web-environment", {
    ...place,
    environments: [{ environment, branches: ["main"], tags: ["v*"] }],
  });

  // Jobs in the environment log in as this identity; the environment must exist before.
  const group = { resourceGroup: "rg-images", location: "westeurope" };
  const identity = new PipelineIdentity("web-identity", {
    identity: { kind: "created", name: "images-web", ...group },
    credentials: [{ name: "release", subject: "repo:Contoso@5/web@7:environment:release" }],
    terms: { issuer: GITHUB_COM.issuer, audience: AZURE_CLOUDS.public.audience },
    after: [gate],
  });

  // They can push two images, and sign with one certificate profile.
  const { clientId, principalId } = identity;
  const images = ["web", "site/docs"];
  const access = { registryId, permissions: "abac", images, principalId } as const;
  const push = new RegistryAccess("web-push", access);
  const sign = new SignerAccess("web-sign", { profileId, principalId });

  // The workflow comes last, because its commit starts the first run.
  const settings = new LoginSettings("web-settings", {
    ...place,
    repositoryId: pulumi.output(7),
    locations: [{ kind: "variables", scope: "repository", suffix: "" }],
    values: { AZURE_CLIENT_ID: clientId, AZURE_TENANT_ID: tenantId },
    after: [gate, identity, push, sign],
  });
  const content = "name: Release\non: push\njobs: {}\n";
  const files = [{ key: "workflow", path: ".github/workflows/release.yml", content }];
  const branch = pulumi.output("main");
  new CommittedFiles("web-files", { ...place, branch, files, after: [settings] });
  return { clientId };
};
