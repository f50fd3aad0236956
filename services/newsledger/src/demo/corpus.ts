import type { Article } from "./article.ts";
import { coverage2017 } from "./articles/2017.ts";
import { coverage2018 } from "./articles/2018.ts";
import { coverage2019 } from "./articles/2019.ts";
import { coverage2020Early } from "./articles/2020-early.ts";
import { coverage2020Late } from "./articles/2020-late.ts";
import { coverage2021 } from "./articles/2021.ts";
import { coverage2022 } from "./articles/2022.ts";
import { coverage2023 } from "./articles/2023.ts";
import { coverage2025 } from "./articles/2025.ts";
import { coverage2026 } from "./articles/2026.ts";
import { coverageCitgoSale } from "./articles/citgo-sale.ts";
import { distractors } from "./articles/distractors.ts";
import { coverageLawsuits } from "./articles/lawsuits.ts";
import { reprintsOf } from "./reprints.ts";

/** Everything that the simulated press has published up to 2026, in the order of publication. */
export function history(): Article[] {
  const written = [
    ...coverage2017,
    ...coverage2018,
    ...coverage2019,
    ...coverage2020Early,
    ...coverage2020Late,
    ...coverage2021,
    ...coverage2022,
    ...coverage2023,
    ...coverage2025,
    ...coverageCitgoSale,
    ...coverage2026,
    ...coverageLawsuits,
    ...distractors,
  ];
  return [...written, ...reprintsOf(written)].sort(byTime);
}

const byTime = (a: Article, b: Article): number =>
  Date.parse(a.publishedAt) - Date.parse(b.publishedAt);
