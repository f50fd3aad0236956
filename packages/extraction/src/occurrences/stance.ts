import type { OccurrenceCode } from "@newsledger/core";
import type { Mention } from "../entities/mention.ts";
import type { Article } from "../text/article.ts";
import type { Candidate } from "./candidate.ts";
import type { Clause } from "./clause.ts";
import { hasWord, prison } from "./kinds.ts";

/** "declared a state of emergency", "declared victory": done by saying, but no word about anyone. */
export const isNoStance = ({ tokens }: Article, { hit }: Candidate): boolean =>
  /^(?:declared|declaro|declares)$/.test(tokens[hit.from]?.folded ?? "") &&
  tokens
    .slice(hit.to, hit.to + 4)
    .some((token) =>
      /^(?:state|emergency|war|victory|bankruptcy|holiday|estado|emergencia|guerra|duelo|quiebra)$/.test(
        token.folded,
      ),
    );

/** Whom the words are about stands right behind the verb; "demanded the release of Ana Prado" is about her release. */
export const isOfStatement = ({ tokens }: Article, { hit }: Candidate, one: Mention): boolean =>
  one.from < hit.to ||
  !tokens
    .slice(hit.to, one.from)
    .some((token) =>
      /^(?:release|liberation|freedom|detention|arrest|conviction|trial|liberacion|libertad|excarcelacion|detencion|arresto|condena|juicio|inhabilitacion|muerte|death|captura|capture|return|regreso)$/.test(
        token.folded,
      ),
    );

/** "over what he called “theft”": part of what is told of him otherwise. */
export const isReported = ({ tokens }: Article, { hit }: Candidate): boolean =>
  /^(?:called|calific|tild|tach|describ)/.test(tokens[hit.from]?.folded ?? "") &&
  tokens
    .slice(Math.max(0, hit.from - 3), hit.from)
    .some(
      (token, at, before) =>
        token.folded === "what" || (token.folded === "que" && before[at - 1]?.folded === "lo"),
    );

/** "lo reconoció por la voz", "she recognized the street": only whom or what one may recognise as a state does. */
export const isRecognisedByEye = ({ tokens }: Article, { hit, targets }: Candidate): boolean =>
  /^(?:recogni[sz]|reconoci|reconocer)/.test(tokens[hit.from]?.folded ?? "") &&
  targets.length === 0 &&
  !tokens
    .slice(hit.to, hit.to + 12)
    .some((token) =>
      /^(?:as|como|government|gobierno|result|results|resultado|resultados|victory|victoria|election|elecciones|triunfo|president|presidente|parliament|assembly|asamblea)$/.test(
        token.folded,
      ),
    );

export const isCondemnation = (article: Article, clause: Clause, { hit }: Candidate): boolean =>
  hit.trigger.voice === "noun" &&
  /^(?:condena|sentencia)$/.test(hit.trigger.words[0] ?? "") &&
  !hasWord(article, clause, prison) &&
  !hasWord(article, clause, /^(?:tribunal|corte|juez|jueza|jurado)$/);

export const asStatement = (candidate: Candidate): Candidate => ({
  ...candidate,
  code: "statement" as OccurrenceCode,
});
