/** What one read returned, in the cloud's own words where it failed and has any. */
export type Answer<T> =
  | { readonly status: "found"; readonly value: T }
  | { readonly status: "missing"; readonly said?: string }
  | { readonly status: "forbidden"; readonly said: string }
  /** The cloud does not know what was asked for, e.g. an API version. */
  | { readonly status: "unsupported"; readonly said: string };

/** What several reads returned, by what they asked for. */
export type Answers<T> = Readonly<Record<string, Answer<T>>>;
