// A client of the hub under test: the OpenFeature SDK and its OFREP provider.
import { OpenFeature } from "@openfeature/server-sdk";
import { OFREPProvider } from "@openfeature/ofrep-provider";

export const hub = process.env.HUB;

let clients = 0;

/** A client of its own provider; with a token when one is given, of another hub when one is named. */
export async function connect(token, baseUrl = hub) {
  const domain = `client-${clients++}`;
  const headers = token ? [["Authorization", `Bearer ${token}`]] : [];
  await OpenFeature.setProviderAndWait(domain, new OFREPProvider({ baseUrl, headersFactory: () => headers }));
  return OpenFeature.getClient(domain);
}

/** A request without the SDK, for what it does not show. */
export function post(path, body, headers = {}) {
  return fetch(hub + path, { method: "POST", body, headers: { "Content-Type": "application/json", ...headers } });
}
