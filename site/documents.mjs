/** The Markdown documents as pages, with the sources and folders that they point to. */
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import hljs from "highlight.js/lib/common";
import { Marked } from "marked";
import { gfmHeadingId } from "marked-gfm-heading-id";
import { markedHighlight } from "marked-highlight";
import { bundleExamples } from "./examples.mjs";
import { frame } from "./frame.mjs";

/** In the order of the contents, with what they are called there. */
const DOCUMENTS = new Map([
  ["README.md", "Overview"],
  ["docs/guide.md", "Using the command"],
  ["docs/the-note.md", "The note, in code"],
  ["docs/library.md", "The library"],
  ["docs/architecture.md", "Architecture"],
  ["docs/results.md", "Results"],
  ["docs/choices.md", "Choices"],
  ["docs/reliability.md", "Reliability"],
  ["docs/sweeps.md", "Many runs"],
  ["docs/json.md", "Events as JSON"],
  ["docs/page.md", "The page"],
  ["docs/mutants.md", "Mutants"],
  ["data/README.md", "Generated digits"],
  ["bench/README.md", "The benchmark"],
  ["CONTRIBUTING.md", "Contributing"],
  ["CHANGELOG.md", "Changes"],
]);

/** Of a file of the repository: the page that shows it, relative to the folder of documents. */
function pageOf(path) {
  if (path === "README.md") return "index.html";
  return DOCUMENTS.has(path)
    ? `${path
        .replace(/\.md$/, "")
        .replaceAll("/", "-")
        .replace(/^docs-/, "")}.html`
    : `source/${path.replace(/\/$/, "").replaceAll("/", "-")}.html`;
}

/** Writes all of them, and resolves to their number. */
export async function writeDocuments(root, out) {
  const folder = new URL("docs/", out);
  mkdirSync(new URL("source/", folder), { recursive: true });
  const present = [...DOCUMENTS].filter(([path]) => existsSync(new URL(path, root)));
  const contents = present.map(([path, title]) => ({ page: pageOf(path), title }));
  const sources = new Set();
  for (const [path, title] of present) {
    const examples = await bundleExamples(path, folder);
    const html = markdown(root, folder, path, sources, examples);
    const page = pageOf(path);
    writeFileSync(
      new URL(page, folder),
      frame({ title, html, page, contents, runs: examples.size > 0 }),
    );
  }
  for (const path of sources) {
    const page = pageOf(path);
    const html = sourceText(root, path, sources);
    writeFileSync(new URL(page, folder), frame({ title: path, html, page, contents }));
  }
  for (const file of ["docs.css", "run.js", "../test/docs/outcome.js"]) {
    const source = new URL(file, import.meta.url);
    writeFileSync(new URL(basename(file), folder), readFileSync(source));
  }
  return present.length + sources.size;
}

function markdown(root, folder, path, sources, examples) {
  const base = new URL(path, root);
  let example = 0;
  const marked = new Marked(
    gfmHeadingId(),
    markedHighlight({
      langPrefix: "language-",
      highlight: (code, language) => highlighted(code, language || "plaintext"),
    }),
  );
  marked.use({
    walkTokens(token) {
      if (token.type === "link" || token.type === "image") token.href = target(token.href);
      if (token.type === "html") {
        token.text = token.text.replace(/\b(src|srcset)="([^"]*)"/g, (_, name, file) => {
          return `${name}="${target(file)}"`;
        });
      }
    },
    hooks: {
      postprocess: (html) =>
        html.replace(/<pre><code class="language-ts">/g, (opening) => {
          const name = examples.get(example++);
          return name === undefined
            ? opening
            : opening.replace("<pre>", `<pre data-example="${name}">`);
        }),
    },
  });

  /** Where a link of this document leads on the site. */
  function target(href) {
    if (/^(https?:|#|mailto:)/.test(href)) return href;
    const url = new URL(href, base);
    const { hash } = url;
    url.hash = "";
    const file = decodeURIComponent(url.href.slice(root.href.length));
    if (/\.(svg|png|gif)$/.test(file)) {
      const name = file.replace(/^docs\//, "").replaceAll("/", "-");
      writeFileSync(new URL(name, folder), readFileSync(url));
      return name;
    }
    if (!DOCUMENTS.has(file)) addSource(root, sources, file);
    return `${pageOf(file)}${hash}`;
  }
  // Tables scroll within themselves where they are wider than the screen.
  return marked
    .parse(readFileSync(base, "utf8"))
    .replaceAll("<table>", '<div class="scroll" tabindex="0"><table>')
    .replaceAll("</table>", "</table></div>");
}

/** A source, and of a folder everything in it. */
function addSource(root, sources, path) {
  if (sources.has(path) || !existsSync(new URL(path, root))) return;
  sources.add(path);
  for (const each of inside(root, path)) addSource(root, sources, each);
}

function inside(root, path) {
  const url = new URL(path, root);
  if (!statSync(url).isDirectory()) return [];
  const folder = path.replace(/\/$/, "");
  return readdirSync(url).map((name) => `${folder}/${name}`);
}

function sourceText(root, path) {
  const heading = `<h1><code>${path}</code></h1>`;
  const files = inside(root, path);
  if (files.length > 0) {
    const rows = files.map((file) => {
      const { length } = "source/";
      const purpose = escaped(purposeOf(new URL(file, root))).replace(
        /`(.*?)`/g,
        "<code>$1</code>",
      );
      const link = `<a href="${pageOf(file).slice(length)}"><code>${file.split("/").at(-1)}</code></a>`;
      return `<tr><td>${link}</td><td>${purpose}</td></tr>`;
    });
    return `${heading}<div class="scroll" tabindex="0"><table>${rows.join("")}</table></div>`;
  }
  const language = { ts: "typescript", tsx: "typescript", mjs: "javascript", cjs: "javascript" };
  const name = path.split(".").at(-1);
  const text = readFileSync(new URL(path, root), "utf8");
  return `${heading}<pre><code>${highlighted(text, language[name] ?? name)}</code></pre>`;
}

/** What the comment at the top of a file says. */
function purposeOf(url) {
  if (statSync(url).isDirectory()) return "";
  const [, comment = ""] = /^\/\*\*\s*(.*?)\s*\*\//s.exec(readFileSync(url, "utf8")) ?? [];
  return comment.replace(/\n \* ?/g, " ").replace(/^\* /, "");
}

function highlighted(code, language) {
  if (!hljs.getLanguage(language)) return escaped(code);
  return hljs.highlight(code, { language }).value;
}

function escaped(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
