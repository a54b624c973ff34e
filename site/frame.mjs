/** The frame of a document: the contents, a way back to the page, and the text. */
const POLICY = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'";

export function frame({ title, html, page, contents, runs = false }) {
  const up = "../".repeat(page.split("/").length - 1);
  const link = ({ page: each, title: name }) => {
    const current = each === page ? ' aria-current="page"' : "";
    return `<li><a href="${up}${each}"${current}>${name}</a></li>`;
  };
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<title>${title} · train-mnist</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${up}docs.css">
${runs ? `<script type="module" src="${up}run.js"></script>\n` : ""}</head>
<body>
<a class="skip" href="#text">Skip to the text</a>
<header><a class="brand" href="${up}../index.html">train-mnist</a>
<nav aria-label="Documents"><ul>
${contents.map(link).join("\n")}
<li><a href="${up}../api/index.html">API reference</a></li>
</ul></nav></header>
<main id="text" tabindex="-1">
${html}
</main>
</body>
</html>
`;
}
