// Preloaded by commands in tests: real hosts are the clouds of the test, and nothing else is reached.
const HOSTS = {
  "management.azure.com": "arm",
  "api.github.com": "github",
};

const { fetch } = globalThis;

globalThis.fetch = (input, init) => {
  const url = new URL(input instanceof Request ? input.url : input);
  const cloud = HOSTS[url.hostname];
  if (cloud) {
    return fetch(`${process.env.TEST_CLOUDS}/${cloud}${url.pathname}${url.search}`, init);
  }
  if (url.hostname === "127.0.0.1") return fetch(input, init);
  throw new TypeError(`a test reached for ${url.hostname}`);
};
