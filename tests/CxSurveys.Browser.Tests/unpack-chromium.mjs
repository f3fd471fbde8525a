// Unpacks the browser, its libraries and a font beside each other: node unpack-chromium.mjs <folder>
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";

const folder = resolve(process.argv[2]);
const half = `${folder}.${process.pid}`;
const packed = join(dirname(createRequire(import.meta.url).resolve("@sparticuz/chromium")), "..", "bin");

await rm(half, { recursive: true, force: true });
await mkdir(half, { recursive: true });
// The package unpacks into the temp folder, and takes a file that is there for a whole one: give it a folder of its own.
process.env.TMPDIR = half;
const { inflate } = await import("@sparticuz/chromium");
await Promise.all(["chromium.br", "al2023.tar.br", "swiftshader.tar.br", "fonts.tar.br"].map(name => inflate(join(packed, name))));

// For a machine without fonts of its own, where the browser would not start.
await writeFile(join(half, "fonts.conf"), `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${folder}/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${folder}/font-cache</cachedir>
</fontconfig>
`);
await rm(folder, { recursive: true, force: true });
await rename(half, folder);
