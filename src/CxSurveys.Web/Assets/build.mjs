// Bundles the style sheet with its fonts and every TypeScript module beside this file into wwwroot/assets.
import { execFileSync } from "node:child_process";
import { readdirSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const assets = fileURLToPath(new URL(".", import.meta.url));
const project = fileURLToPath(new URL("..", import.meta.url));
const output = join(project, "wwwroot", "assets");
const modules = readdirSync(assets).filter(name => name.endsWith(".ts") && !name.endsWith(".d.ts"));

if (modules.length > 0) {
  const compiler = join(project, "node_modules", "typescript", "bin", "tsc");
  execFileSync(process.execPath, [compiler, "--noEmit", "--project", assets], { stdio: "inherit" });
}

const result = await build({
  absWorkingDir: project,
  entryPoints: [...modules, "cx.css"].map(name => join(assets, name)),
  outdir: output,
  bundle: true,
  minify: true,
  // Each in a scope of its own: a page loads several as plain scripts, whose short names would overwrite each other.
  format: "iife",
  target: ["es2022", "chrome123", "firefox120", "safari17.5"],
  loader: { ".woff2": "file" },
  assetNames: "fonts/[name]-[hash]",
  legalComments: "none",
  metafile: true,
  logLevel: "warning",
});

// Files of an earlier build would otherwise be published for ever.
const made = new Set(Object.keys(result.metafile.outputs).map(file => relative(output, join(project, file))));
for (const entry of readdirSync(output, { recursive: true, withFileTypes: true })) {
  const file = relative(output, join(entry.parentPath ?? entry.path, entry.name));
  if (entry.isFile() && !made.has(file)) rmSync(join(output, file));
}
