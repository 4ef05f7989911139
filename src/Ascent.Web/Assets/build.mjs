// Builds what the browser gets: Assets/ -> wwwroot/assets/. Run by MSBuild (see Ascent.Web.csproj) or by hand with `npm run build`.
import { cp, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import path from "node:path";
import * as sass from "sass";
import { build } from "esbuild";

const here = path.dirname(fileURLToPath(import.meta.url));
const out = path.join(here, "../wwwroot/assets");

// Only the icons that pages use, under our own names. Lucide's size and stroke stay out: our style sheet sets them.
async function sprite() {
  const icons = JSON.parse(await readFile(path.join(here, "icons.json"), "utf8"));
  const symbols = await Promise.all(
    Object.entries(icons).map(async ([name, file]) => {
      const svg = await readFile(path.join(here, `node_modules/lucide-static/icons/${file}.svg`), "utf8");
      const shapes = svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>"));
      return `<symbol id="${name}" viewBox="0 0 24 24">${shapes.replace(/\s*\n\s*/g, "")}</symbol>`;
    }),
  );
  const licence = "<!-- Lucide icons, ISC licence: see THIRD-PARTY-NOTICES.md -->";
  await writeFile(path.join(out, "icons.svg"), `<svg xmlns="http://www.w3.org/2000/svg">${licence}\n${symbols.join("\n")}\n</svg>\n`);
}

async function styles() {
  const { css } = await sass.compileAsync(path.join(here, "styles/app.scss"), {
    loadPaths: [path.join(here, "node_modules")],
    quietDeps: true,
    style: "compressed",
  });
  await writeFile(path.join(out, "app.css"), css);
}

async function scripts() {
  await build({
    entryPoints: { app: path.join(here, "scripts/app.ts"), start: path.join(here, "scripts/start.ts"), charts: path.join(here, "scripts/charts/charts.ts"), picker: path.join(here, "scripts/picker.ts") },
    outdir: out,
    bundle: true,
    format: "esm",
    target: "es2022",
    minify: true,
    legalComments: "none",
    logLevel: "warning",
  });
}

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
await Promise.all([sprite(), styles(), scripts(), ...(await readdir(path.join(here, "images"))).map((name) => cp(path.join(here, "images", name), path.join(out, name)))]);
