// Compiles the mail templates (MJML) into HTML, which the app embeds and fills in. Arguments: the folders to read and to write.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import mrml from "mrml";

const [templates, output] = process.argv.slice(2);
const engine = new mrml.Engine();
// No fonts of its own list: a template that names one of them would make the mail load it from another host.
engine.setRenderOptions({ disableComments: false, socialIconOrigin: null, fonts: {} });
mkdirSync(output, { recursive: true });

for (const name of readdirSync(templates).filter(name => name.endsWith(".mjml"))) {
  const made = engine.toHtml(readFileSync(join(templates, name), "utf8"));
  const problems = made.type === "success" ? made.warnings : [made];
  if (problems.length > 0) throw new Error(`${name}: ${JSON.stringify(problems)}`);
  writeFileSync(join(output, basename(name, ".mjml") + ".html"), made.content);
}
