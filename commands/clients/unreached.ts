/** Why `fetch` got no answer. Its own message is only that it failed. */
export function whyUnreached(failure: unknown): string {
  const { message, cause } = failure as Error & { readonly cause?: Error };
  return cause?.message ?? message;
}
