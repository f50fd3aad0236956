import { type Article, articlePath, paragraphs } from "../article.ts";
import type { Outlet } from "../outlets.ts";
import { escapeMarkup, htmlParagraphs } from "./markup.ts";

const words = {
  en: {
    sections: ["World", "Americas", "Energy", "Sport", "Opinion"],
    by: "By",
    read: "Most read",
    letter: "Get our morning letter. One mail a day, no advertising.",
    about: "About us",
    simulated:
      "This press is simulated for the demonstration of Newsledger. Outlets, authors and words are invented; the occurrences of past years are not.",
  },
  es: {
    sections: ["Mundo", "Venezuela", "Economía", "Deportes", "Opinión"],
    by: "Por",
    read: "Lo más leído",
    letter: "Reciba nuestra carta de la mañana. Un correo al día, sin publicidad.",
    about: "Quiénes somos",
    simulated:
      "Esta prensa es simulada para la demostración de Newsledger. Medios, autores y palabras son inventados; los hechos de años pasados no lo son.",
  },
} as const;

/** One article's page, with everything around it that a reader program has to see through. */
export function articlePage(
  outlet: Outlet,
  article: Article,
  others: readonly Article[],
  origin: string,
): string {
  const { by, letter } = words[outlet.language];
  const [lead, ...rest] = paragraphs(article.text);
  const time = `<time datetime="${article.publishedAt}">${article.publishedAt.slice(0, 10)}</time>`;
  const byline = article.author
    ? `<span class="byline">${by} ${escapeMarkup(article.author)}</span> · `
    : "";
  return layout(
    outlet,
    article.title,
    `<link rel="canonical" href="${origin}${articlePath(article)}">
<meta name="description" content="${escapeMarkup(article.summary)}">
<meta property="og:type" content="article">
<meta property="og:title" content="${escapeMarkup(article.title)}">
<meta property="article:published_time" content="${article.publishedAt}">
<script type="application/ld+json">${linkedData(outlet, article, origin)}</script>`,
    `<main>
<article>
<h1>${escapeMarkup(article.title)}</h1>
<p class="meta">${byline}${time}</p>
<div class="story-body">
${htmlParagraphs(lead === undefined ? [] : [lead])}
<aside class="newsletter"><p>${letter}</p></aside>
${htmlParagraphs(rest)}
</div>
</article>
</main>
${mostRead(outlet, others)}`,
  );
}

/** The outlet's front page. */
export const frontPage = (outlet: Outlet, articles: readonly Article[]): string =>
  layout(
    outlet,
    outlet.title,
    "",
    `<main><h1>${escapeMarkup(outlet.title)}</h1>${links(articles)}</main>`,
  );

function layout(outlet: Outlet, title: string, head: string, content: string): string {
  const { sections, about, simulated } = words[outlet.language];
  const navigation = sections.map((name) => `<li><a href="/${outlet.id}/">${name}</a></li>`);
  return `<!doctype html>
<html lang="${outlet.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeMarkup(title)} | ${escapeMarkup(outlet.title)}</title>
<link rel="icon" href="data:,">
${head}
</head>
<body>
<header><a class="logo" href="/${outlet.id}/">${escapeMarkup(outlet.title)}</a>
<nav><ul>${navigation.join("")}</ul></nav></header>
${content}
<footer><p>© ${escapeMarkup(outlet.title)} · <a href="/${outlet.id}/">${about}</a></p>
<p>${simulated}</p></footer>
</body>
</html>
`;
}

const mostRead = (outlet: Outlet, articles: readonly Article[]): string =>
  `<aside class="most-read"><h2>${words[outlet.language].read}</h2>${links(articles)}</aside>`;

const links = (articles: readonly Article[]): string =>
  `<ul>${articles
    .map(
      (article) => `<li><a href="${articlePath(article)}">${escapeMarkup(article.title)}</a></li>`,
    )
    .join("")}</ul>`;

/** JSON-LD stands inside a script element: no `<` may appear in it. */
const linkedData = (outlet: Outlet, article: Article, origin: string): string =>
  JSON.stringify({
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    headline: article.title,
    datePublished: article.publishedAt,
    dateModified: article.modifiedAt ?? article.publishedAt,
    inLanguage: outlet.language,
    mainEntityOfPage: origin + articlePath(article),
    author: {
      "@type": article.author ? "Person" : "Organization",
      name: article.author ?? outlet.title,
    },
    publisher: { "@type": "NewsMediaOrganization", name: outlet.title },
  }).replaceAll("<", "\\u003c");
