// What an OpenFeature SDK may expect of an OFREP server, asked of the hub at $HUB. Prints the number of facts that hold; names those that do not.
import assert from "node:assert/strict";
import { OpenFeature } from "@openfeature/server-sdk";
import { OFREPApi } from "@openfeature/ofrep-core";
import { connect, hub, post } from "./hub.mjs";

const user = { targetingKey: "user-1" };
const all = "/ofrep/v1/evaluate/flags";
const reasons = new Set(["STATIC", "TARGETING_MATCH", "SPLIT", "DISABLED", "UNKNOWN"]);
const client = await connect();

function settled(details, value) {
  assert.equal(details.errorCode, undefined, JSON.stringify(details));
  assert.ok(reasons.has(details.reason), details.reason);
  assert.equal(typeof details.variant, "string");
  assert.deepEqual(details.value, value);
}

const facts = {
  "a boolean, a text, a number and an object are told with variant and reason": async () => {
    settled(await client.getBooleanDetails("always_on", false, user), true);
    const model = await client.getStringDetails("reranker_model", "?", user);
    settled(model, model.variant === "large" ? "rerank-large" : "rerank-small");
    settled(await client.getNumberDetails("top_k", 0, user), 5);
    settled(await client.getObjectDetails("answer_style", {}, user), { sentences: 2, cite: true });
  },
  "metadata is made of texts, numbers and booleans": async () => {
    const { flagMetadata } = await client.getBooleanDetails("rag_plus_plus", false, { ...user, group: "staff" });
    assert.deepEqual(flagMetadata, { version: 1, rule: "testers" });
    const raw = await (await post(`${all}/rag_plus_plus`, JSON.stringify({ context: { ...user, group: "staff" } }))).json();
    assert.ok(Object.values(raw.metadata).every((v) => ["string", "number", "boolean"].includes(typeof v)));
  },
  "rules ask about the context, sections and lists of it too": async () => {
    const on = (context) => client.getBooleanValue("rag_plus_plus", false, { targetingKey: "user-nobody", ...context });
    assert.equal(await on({ group: "testers" }), true);
    assert.equal(await on({ group: ["other", "testers"] }), true);
    assert.equal(await on({ account: { plan: { name: "gold" } } }), true);
    assert.equal(await on({ account: { plan: { name: "tin" } }, when: new Date(0), nothing: null }), false);
  },
  "a killed flag is off and says that it is disabled": async () => {
    const details = await client.getBooleanDetails("killed", true, user);
    assert.deepEqual([details.value, details.reason, details.errorCode], [false, "DISABLED", undefined]);
  },
  "a flag that is missing gives the caller's default": async () => {
    const details = await client.getBooleanDetails("no_such_flag", true, user);
    assert.deepEqual([details.value, details.errorCode], [true, "FLAG_NOT_FOUND"]);
  },
  "a flag of another type gives the caller's default": async () => {
    const details = await client.getStringDetails("always_on", "mine", user);
    assert.deepEqual([details.value, details.errorCode], ["mine", "TYPE_MISMATCH"]);
  },
  "a context without a key gives the caller's default": async () => {
    const details = await client.getBooleanDetails("always_on", false, {});
    assert.deepEqual([details.value, details.errorCode], [false, "TARGETING_KEY_MISSING"]);
  },
  "a unit keeps its variant, and shares are kept": async () => {
    const seen = { "rerank-small": 0, "rerank-large": 0 };
    for (let i = 0; i < 400; i++) {
      const unit = { targetingKey: `user-${i}` };
      const model = await client.getStringValue("reranker_model", "?", unit);
      assert.equal(await client.getStringValue("reranker_model", "?", unit), model);
      seen[model]++;
    }
    // 200 of 400 are expected; five standard deviations are 50.
    assert.ok(Math.abs(seen["rerank-large"] - 200) <= 50, JSON.stringify(seen));
  },
  "a wrong token gives the caller's default and an error": async () => {
    const details = await (await connect("wrong")).getBooleanDetails("always_on", false, user);
    assert.equal(details.value, false);
    assert.ok(details.errorCode);
    assert.equal((await post(`${all}/always_on`, "{}", { Authorization: "Bearer wrong" })).status, 401);
  },
  "a token that may only send telemetry may not evaluate where tokens are needed": async () => {
    const answer = await fetch(process.env.GUARDED + all, {
      method: "POST",
      body: JSON.stringify({ context: user }),
      headers: { "Content-Type": "application/json", Authorization: `Bearer ${process.env.INGEST_TOKEN}` },
    });
    assert.equal(answer.status, 403);
  },
  "all flags come at once, with a tag": async () => {
    const answer = await post(all, JSON.stringify({ context: user }));
    assert.equal(answer.status, 200);
    const body = await answer.json();
    assert.ok(body.flags.length >= 7);
    assert.ok(body.flags.every((f) => typeof f.key === "string" && reasons.has(f.reason) && "value" in f));
    assert.equal(body.eventStreams[0].type, "sse");
    const again = await post(all, JSON.stringify({ context: user }), { "If-None-Match": answer.headers.get("etag") });
    assert.equal(again.status, 304);
    assert.equal(await again.text(), "");
  },
  "the core library understands one answer and all": async () => {
    const api = new OFREPApi(hub);
    assert.equal((await api.postEvaluateFlags("top_k", { context: user })).value.value, 5);
    assert.ok((await api.postBulkEvaluateFlags({ context: user })).value.flags.length >= 7);
    assert.equal((await api.postEvaluateFlags("no_such_flag", { context: user })).httpStatus, 404);
    assert.equal((await api.postBulkEvaluateFlags({ context: {} })).value.errorCode, "TARGETING_KEY_MISSING");
  },
  "what is no JSON and what has no context is refused in the protocol's words": async () => {
    for (const [path, body, code] of [
      [all, "{", "PARSE_ERROR"],
      [all, "{}", "INVALID_CONTEXT"],
      [`${all}/top_k`, "[", "PARSE_ERROR"],
      [`${all}/top_k`, '{"context":3}', "INVALID_CONTEXT"],
    ]) {
      const answer = await post(path, body);
      const told = await answer.json();
      assert.deepEqual([answer.status, told.errorCode], [400, code]);
      assert.match(answer.headers.get("content-type"), /^application\/json/);
      assert.equal(told.key, path === all ? undefined : "top_k");
    }
  },
  "keys of every script and of any length are units": async () => {
    for (const targetingKey of ["ж", "日本語", "🙂", "a".repeat(50_000), " ", "null"]) {
      assert.equal(await client.getNumberValue("top_k", 0, { targetingKey }), 5);
    }
  },
  // A hub that lets a caller ask little: it is soon told to wait, for most of a minute.
  "a caller who is told to wait waits": async () => {
    const limited = await connect(undefined, process.env.LIMITED);
    let details;
    for (let i = 0; i < 5_000 && !details?.errorCode; i++) {
      details = await limited.getBooleanDetails("always_on", false, user);
    }
    assert.match(details.errorMessage, /try again|rate limit/i);
    assert.match((await limited.getBooleanDetails("always_on", false, user)).errorMessage, /paused/i);
  },
};

let failed = 0;
for (const [name, holds] of Object.entries(facts)) {
  try {
    await holds();
  } catch (e) {
    failed++;
    console.error(`does not hold: ${name}\n${e.stack ?? e}`);
  }
}

await OpenFeature.close();
console.log(`${Object.keys(facts).length - failed} facts hold`);
process.exit(failed ? 1 : 0);
