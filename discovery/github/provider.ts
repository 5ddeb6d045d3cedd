import * as github from "@pulumi/github";
import * as pulumi from "@pulumi/pulumi";

/**
 * The GitHub provider answers one call at a time. Writes need that order; reads get a provider of
 * their own, with the login and the host of the default one.
 */
export function readingProvider(): github.Provider {
  const config = new pulumi.Config("github");
  const token = config.getSecret("token");
  return new github.Provider(
    "github-reads",
    {
      owner: config.get("owner"),
      organization: config.get("organization"),
      baseUrl: config.get("baseUrl"),
      token,
      appAuth: config.getSecretObject("appAuth"),
      insecure: config.getBoolean("insecure"),
      maxRetries: config.getNumber("maxRetries"),
      parallelRequests: true,
    },
    { transformations: token ? [] : [withoutToken] },
  );
}

/** The provider reads GITHUB_TOKEN itself; the SDK would copy it to the state, where it changes. */
const withoutToken: pulumi.ResourceTransformation = ({ props, opts }) => {
  const { token: _, ...rest } = props;
  return { props: rest, opts };
};
