/** The developer's own Pulumi and GitHub settings must not decide a test. */
for (const name of Object.keys(process.env)) {
  if (/^(PULUMI|GITHUB|ARM|AZURE)_/.test(name)) delete process.env[name];
}
