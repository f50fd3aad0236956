import type { Words } from "./vocabulary.ts";

const number = new Intl.NumberFormat("es");
const counted = (count: number, one: string, many: string): string =>
  `${number.format(count)} ${count === 1 ? one : many}`;

/** Statuses are worded so that they fit one person and several, women and men. */
export const spanish: Words = {
  status: {
    detained: "en detención",
    "house-arrest": "bajo arresto domiciliario",
    "imprisoned-again": "de nuevo en prisión",
    convicted: "en prisión con condena",
    extradited: "en otro país por extradición",
    free: "en libertad",
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
  days: (count, atLeast) => `${atLeast ? "al menos " : ""}${counted(count, "día", "días")}`,
  more: (count) => `y ${number.format(count)} más`,
  independent: (count) =>
    counted(count, "información independiente", "informaciones independientes"),
  confirmed: (count) =>
    count > 1 ? `confirmado por ${count} fuentes independientes` : "según una sola fuente",
  copies: (count) => counted(count, "copia", "copias"),
  newStories: (count) => counted(count, "noticia nueva", "noticias nuevas"),
  developed: (count) => counted(count, "noticia con novedades", "noticias con novedades"),
  statusChanges: (count) => counted(count, "cambio de situación", "cambios de situación"),
  corrected: (count) => counted(count, "corrección", "correcciones"),
  labels: {
    new: "Nueva",
    developed: "Con novedades",
    late: "Hallazgo tardío",
    published: "publicado",
    found: "encontrado",
    undated: "sin fecha de la fuente",
    why: "Por qué está aquí",
    changed: "Cambió",
  },
  headings: {
    status: "Cómo está el caso",
    changed: "Qué ha cambiado",
    archive: "Cobertura anterior, hallada al leer fuentes por primera vez",
    corrections: "Correcciones a lo que se le contó",
  },
  noLink: "la fuente no da enlace",
  before: (status) => `antes: ${status}`,
  disputed: (occurrence) => `Sin aclarar: una información dice otra cosa (${occurrence})`,
  correction: {
    withdrawn: "Retirado por su fuente",
    redacted: "Sus palabras se retiraron del registro",
    edited: "Cambiado por su fuente",
    text: "El texto ha cambiado.",
    now: (title) => `Ahora dice: «${title}»`,
    status: (name, told, now) => `${name}: se le contó «${told}». Ahora las fuentes dicen: ${now}.`,
    contradicted: (occurrence) => `Contradice lo que se le contó (${occurrence})`,
  },
  lateFind: (date) => `Publicado el ${date} y hallado solo ahora: no es noticia de última hora.`,
  archive: (count) =>
    `${counted(count, "noticia anterior", "noticias anteriores")} en la cronología`,
  omitted: (count) =>
    `${counted(count, "noticia más", "noticias más")} de este período en el boletín completo`,
  omittedCorrections: (count) =>
    `${counted(count, "corrección más", "correcciones más")} en el boletín completo`,
  checked: (items, articles) =>
    `Leído para este boletín: ${counted(items, "entrada", "entradas")}, ${counted(articles, "artículo", "artículos")}.`,
  feeds: (healthy, all, last) =>
    `${number.format(healthy)} de ${counted(all, "fuente funciona", "fuentes funcionan")}${last === null ? "" : `; última lectura: ${last}`}.`,
  troubled: (titles) => `Con problemas: ${titles}.`,
  because: (topics, when) => `Recibe este boletín porque sigue ${topics}, ${when}.`,
  every: (schedule, at, timeZone) =>
    schedule === "daily"
      ? `cada día a las ${at} (${timeZone})`
      : schedule === "weekly"
        ? `cada lunes a las ${at} (${timeZone})`
        : `según el horario ${schedule} (${timeZone})`,
  follow: (topics) => `usted sigue ${topics}.`,
  fields: { title: "el título", summary: "el resumen de la fuente", text: "el artículo" },
  quoted: (quote, where) => `«${quote}» en ${where}`,
  story: "cuenta una noticia que usted sigue.",
  quiet: {
    subject: (topics) => `${topics}: nada nuevo, y seguimos atentos`,
    title: "Nada nuevo, y seguimos atentos",
    since: (date) =>
      `No se ha encontrado nada nuevo desde el ${date}. Las fuentes se han leído todo este tiempo:`,
    last: (title) => `Lo último encontrado: ${title}`,
    nothingYet: "Todavía no se ha encontrado nada.",
  },
  question: {
    subject: (topics) => `Por favor, confirme: boletín de ${topics}`,
    title: "¿Quiere recibir este boletín?",
    text: (topics, when) =>
      `Alguien, esperamos que usted, pidió en esta dirección el boletín de noticias de ${topics}, ${when}. No se envía nada hasta que lo confirme:`,
    button: "Sí, quiero recibir el boletín",
    page: "Confirmar el boletín",
    ignore: (hours) =>
      `Si no fue usted, no haga nada: la dirección se olvida. El enlace vale durante ${hours} horas.`,
    done: (when) =>
      `Confirmado. El boletín llega cuando hay algo nuevo; el primero, no antes de ${when}. Cada correo lleva un enlace para dejar de recibirlo.`,
  },
  signUp: {
    title: "Recibir el boletín por correo",
    intro:
      "Un correo cuando hay algo nuevo: cómo está cada persona, qué ha cambiado, con todas las fuentes y ambas fechas. Sin publicidad ni rastreo.",
    email: "Su dirección de correo",
    topics: "Qué seguir",
    schedule: "Cada cuánto",
    daily: "cada día",
    weekly: "cada lunes",
    at: "A esta hora",
    timeZone: "Zona horaria",
    language: "Idioma",
    heartbeat: "Si en una semana no hay nada nuevo, avisarme de que las fuentes se han leído",
    button: "Pedir el boletín",
    privacy:
      "La dirección no se usa para nada más, se guarda aparte de las noticias y se borra cuando usted lo diga.",
    done: "Gracias. Si esta dirección puede recibir el boletín, le llegará un correo con un enlace para confirmarlo. Mire también en el correo no deseado.",
    tooMany: "Demasiadas peticiones desde aquí. Inténtelo de nuevo dentro de una hora.",
    leaveEmpty: "Deje esto vacío",
    wrong: (what) => `No ha sido posible: ${what}`,
  },
  links: {
    web: "Este boletín en la web",
    timeline: "Cronología",
    unsubscribe: "Darse de baja de este boletín",
    unsubscribeAll: "Dejar de recibir todos los correos",
  },
  unsubscribe: {
    title: "Darse de baja",
    question: "¿Quiere dejar de recibir este boletín?",
    questionAll: "¿Quiere dejar de recibir todos los correos de aquí?",
    button: "Darme de baja",
    buttonAll: "Dejar de recibir todo",
    done: "No recibirá más este boletín.",
    doneAll: "No recibirá más correos de aquí.",
    missing:
      "Este enlace no es válido. Puede que se haya cambiado o que la suscripción ya no exista.",
    topicDone: "Este tema ya no está en su boletín.",
    onlyTopic: (topic) => `Solo sin ${topic}`,
  },
};
