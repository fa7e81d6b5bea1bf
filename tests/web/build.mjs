// Puts the web client in dist/: one script, one style sheet, and the files that the SDK loads by name.
import { copyFile, mkdir, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { build } from "esbuild";

const here = import.meta.dirname;
const dist = join(here, "dist");
const olm = dirname(createRequire(import.meta.url).resolve("@matrix-org/olm"));
const sdk = join(here, "node_modules", "hydrogen-view-sdk");
const copies = {
    "download-sandbox.html": join(sdk, "asset-build/assets/download-sandbox.html"),
    "worker.js": join(sdk, "asset-build/assets/main.js"),
    "sw.js": join(sdk, "lib-build/sw.js"),
    "olm.js": join(olm, "olm.js"),
    "olm.wasm": join(olm, "olm.wasm"),
    "olm_legacy.js": join(olm, "olm_legacy.js"),
    "index.html": join(here, "index.html"), // last: when it is there, the rest is
};

await rm(dist, { recursive: true, force: true });
await mkdir(dist);
await build({
    entryPoints: [join(here, "client.js")],
    outdir: dist,
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    external: ["crypto", "fs", "path"], // what olm would want of node; in a browser it does not ask for them
    loader: { ".svg": "file", ".woff": "file", ".woff2": "file" },
    logLevel: "warning",
});
for (const [name, from] of Object.entries(copies)) await copyFile(from, join(dist, name));
