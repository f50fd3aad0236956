import { type NewsEvents, textHash } from "@newsledger/core";

type Understood = Pick<NewsEvents["article.understood"], "documentId" | "title" | "extractor">;

/** One article, one text, one version of the extractor: understood once, whoever reads it. */
export function understoodKey({ documentId, title, extractor }: Understood, text: string): string {
  const { name, version, knowledgeVersion } = extractor;
  const words = textHash(`${title}\n${text}`).slice(0, 16);
  return `article.understood:${documentId}:${words}:${name}-${version}:${knowledgeVersion}`;
}
