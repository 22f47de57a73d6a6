// Bundles every file directly in src/ into one file of the same name; what they share lives in folders of src/.
import { readdirSync, rmSync } from "node:fs";
import { build } from "esbuild";

const [out] = process.argv.slice(2);
const entries = readdirSync("src")
  .filter((name) => name.endsWith(".ts") && !name.endsWith(".d.ts"))
  .map((name) => `src/${name}`);

rmSync(out, { recursive: true, force: true });
await build({
  entryPoints: entries,
  outdir: out,
  bundle: true,
  minify: true,
  format: "esm",
  target: ["es2021"],
  charset: "utf8",
  legalComments: "none",
  logLevel: "warning",
});
