import type { OccurrenceCode } from "@newsledger/core";
import type { CustodyStatus } from "@newsledger/readmodels";

export type Language = "en" | "es";

/** Every word of a digest that is not a source's own. */
export interface Words {
  readonly status: Readonly<Record<CustodyStatus, string>>;
  readonly occurrence: Readonly<Record<OccurrenceCode, string>>;
  /** `toTheDay`: the date names a day, not only a month or a year. */
  since(date: string, toTheDay: boolean): string;
  days(count: number, atLeast: boolean): string;
  more(count: number): string;
  independent(count: number): string;
  confirmed(count: number): string;
  copies(count: number): string;
  newStories(count: number): string;
  developed(count: number): string;
  readonly labels: Readonly<
    Record<"new" | "developed" | "late" | "published" | "found" | "undated" | "why", string>
  >;
  readonly headings: Readonly<Record<"status" | "changed" | "archive", string>>;
  noLink: string;
  lateFind(date: string): string;
  archive(count: number): string;
  omitted(count: number): string;
  checked(items: number, articles: number): string;
  because(topics: string, when: string): string;
  every(schedule: string, at: string, timeZone: string): string;
  readonly links: Readonly<Record<"web" | "timeline" | "unsubscribe", string>>;
  readonly unsubscribe: Readonly<
    Record<"title" | "question" | "button" | "done" | "missing", string>
  >;
}

/** The number as the language writes it, with its noun. */
const counted = (language: Language, count: number, one: string, many: string): string =>
  `${new Intl.NumberFormat(language).format(count)} ${count === 1 ? one : many}`;

const en: Words = {
  status: {
    detained: "detained",
    "house-arrest": "under house arrest",
    "imprisoned-again": "imprisoned again",
    convicted: "convicted, in prison",
    extradited: "extradited",
    free: "free",
    unknown: "no report on custody yet",
  },
  occurrence: {
    arrest: "Arrest",
    reimprison: "Back to prison",
    "house-arrest": "House arrest",
    release: "Release",
    "prisoner-swap": "Prisoner swap",
    extradite: "Extradition",
    convict: "Conviction",
    "court-ruling": "Court ruling",
    sanction: "Sanction",
    "sanction-relief": "Sanctions eased",
    meet: "Meeting",
    negotiate: "Negotiation",
    statement: "Statement",
    election: "Election",
    "asset-sale": "Sale of assets",
  },
  since: (date) => `since ${date}`,
  days: (count, atLeast) => `${atLeast ? "at least " : ""}${counted("en", count, "day", "days")}`,
  more: (count) => `and ${count} more`,
  independent: (count) => counted("en", count, "independent report", "independent reports"),
  confirmed: (count) =>
    count > 1 ? `confirmed by ${count} independent sources` : "reported by one source",
  copies: (count) => counted("en", count, "copy", "copies"),
  newStories: (count) => counted("en", count, "new story", "new stories"),
  developed: (count) => counted("en", count, "story developed", "stories developed"),
  labels: {
    new: "New",
    developed: "Developed",
    late: "Late find",
    published: "published",
    found: "found",
    undated: "not dated by the source",
    why: "Why it is here",
  },
  headings: {
    status: "Where it stands",
    changed: "What changed",
    archive: "Earlier coverage, met while reading feeds for the first time",
  },
  noLink: "no link in the feed",
  lateFind: (date) => `Published on ${date}, found only now: not breaking news.`,
  archive: (count) => `${counted("en", count, "older story", "older stories")} in the timeline`,
  omitted: (count) =>
    `${counted("en", count, "more story", "more stories")} of this period in the timeline`,
  checked: (items, articles) =>
    `Read for this digest: ${counted("en", items, "item", "items")}, ${counted("en", articles, "article", "articles")}.`,
  because: (topics, when) => `You get this because you follow ${topics}, ${when}.`,
  every: (schedule, at, timeZone) =>
    schedule === "daily"
      ? `daily at ${at} (${timeZone})`
      : schedule === "weekly"
        ? `weekly, on Monday at ${at} (${timeZone})`
        : `on the schedule ${schedule} (${timeZone})`,
  links: {
    web: "This digest on the web",
    timeline: "Timeline",
    unsubscribe: "Unsubscribe from this digest",
  },
  unsubscribe: {
    title: "Unsubscribe",
    question: "Do you want to stop receiving this digest?",
    button: "Unsubscribe",
    done: "You will not receive this digest any more.",
    missing: "This link is not valid. It may have been replaced, or the subscription removed.",
  },
};

const es: Words = {
  status: {
    detained: "detenido",
    "house-arrest": "bajo arresto domiciliario",
    "imprisoned-again": "de nuevo en prisión",
    convicted: "condenado, en prisión",
    extradited: "extraditado",
    free: "libre",
    unknown: "aún sin noticia de su custodia",
  },
  occurrence: {
    arrest: "Detención",
    reimprison: "Regreso a prisión",
    "house-arrest": "Arresto domiciliario",
    release: "Liberación",
    "prisoner-swap": "Canje de presos",
    extradite: "Extradición",
    convict: "Condena",
    "court-ruling": "Fallo judicial",
    sanction: "Sanción",
    "sanction-relief": "Alivio de sanciones",
    meet: "Reunión",
    negotiate: "Negociación",
    statement: "Declaración",
    election: "Elección",
    "asset-sale": "Venta de activos",
  },
  since: (date, toTheDay) => `desde ${toTheDay ? "el " : ""}${date}`,
  days: (count, atLeast) => `${atLeast ? "al menos " : ""}${counted("es", count, "día", "días")}`,
  more: (count) => `y ${count} más`,
  independent: (count) =>
    counted("es", count, "información independiente", "informaciones independientes"),
  confirmed: (count) =>
    count > 1 ? `confirmado por ${count} fuentes independientes` : "según una sola fuente",
  copies: (count) => counted("es", count, "copia", "copias"),
  newStories: (count) => counted("es", count, "noticia nueva", "noticias nuevas"),
  developed: (count) => counted("es", count, "noticia con novedades", "noticias con novedades"),
  labels: {
    new: "Nueva",
    developed: "Con novedades",
    late: "Hallazgo tardío",
    published: "publicado",
    found: "encontrado",
    undated: "sin fecha de la fuente",
    why: "Por qué está aquí",
  },
  headings: {
    status: "Cómo está el caso",
    changed: "Qué ha cambiado",
    archive: "Cobertura anterior, hallada al leer fuentes por primera vez",
  },
  noLink: "la fuente no da enlace",
  lateFind: (date) => `Publicado el ${date} y hallado solo ahora: no es noticia de última hora.`,
  archive: (count) =>
    `${counted("es", count, "noticia anterior", "noticias anteriores")} en la cronología`,
  omitted: (count) =>
    `${counted("es", count, "noticia más", "noticias más")} de este período en la cronología`,
  checked: (items, articles) =>
    `Leído para este boletín: ${items} entradas, ${articles} artículos.`,
  because: (topics, when) => `Recibe este boletín porque sigue ${topics}, ${when}.`,
  every: (schedule, at, timeZone) =>
    schedule === "daily"
      ? `cada día a las ${at} (${timeZone})`
      : schedule === "weekly"
        ? `cada lunes a las ${at} (${timeZone})`
        : `según el horario ${schedule} (${timeZone})`,
  links: {
    web: "Este boletín en la web",
    timeline: "Cronología",
    unsubscribe: "Darse de baja de este boletín",
  },
  unsubscribe: {
    title: "Darse de baja",
    question: "¿Quiere dejar de recibir este boletín?",
    button: "Darme de baja",
    done: "No recibirá más este boletín.",
    missing:
      "Este enlace no es válido. Puede que se haya cambiado o que la suscripción ya no exista.",
  },
};

export const words: Readonly<Record<Language, Words>> = { en, es };
