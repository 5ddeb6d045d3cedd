/** Keeps the user's own Pulumi settings out of the engine that this process starts. */
export function isolate(): void {
  for (const name of Object.keys(process.env)) {
    if (name.startsWith("PULUMI_")) delete process.env[name];
  }
}
