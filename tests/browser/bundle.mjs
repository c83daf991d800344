// One source of the client as a module for Node, bundled on the fly; `change` may make it wrong on purpose.

import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

export const client = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), "../../client_web");
export const require = createRequire(path.join(client, "package.json"));
const { rolldown } = await import(pathToFileURL(require.resolve("rolldown")));

export async function load(name, change = (text) => text) {
  const bundle = await rolldown({ input: path.join(client, "src", `${name}.ts`) });
  const { output } = await bundle.generate({ format: "esm", codeSplitting: false });
  return import(`data:text/javascript;base64,${Buffer.from(change(output[0].code)).toString("base64")}`);
}
