// Follows a flag live: evaluates it through the SDK whenever the hub tells of a change, and prints what it found. Ends when it is on again after it was off.
import { OpenFeature } from "@openfeature/server-sdk";
import { connect, hub } from "./hub.mjs";

const flag = process.argv[2];
const client = await connect();

async function* changes() {
  const stream = await fetch(`${hub}/ofrep/v1/events`, { headers: { Accept: "text/event-stream" } });
  let text = "";
  for await (const part of stream.body.pipeThrough(new TextDecoderStream())) {
    text += part;
    for (let end; (end = text.indexOf("\n\n")) >= 0; text = text.slice(end + 2)) {
      const data = text.slice(0, end).match(/^data: (.*)$/m);
      if (data && JSON.parse(data[1]).type === "refetchEvaluation") {
        yield;
      }
    }
  }
}

let wasOff = false;
for await (const _ of changes()) {
  const { value, reason } = await client.getBooleanDetails(flag, false, { targetingKey: "user-1", group: "testers" });
  console.log(`${value} ${reason}`);
  if (value && wasOff) {
    break;
  }
  wasOff = !value;
}

await OpenFeature.close();
process.exit(0);
