// Without accents and in small letters, as dates are folded before they are read.
const rows = [
  "jan january ene enero janeiro janvier januar januari gennaio gen ιαν januar ian янв январь января styczen stycznia ocak",
  "feb february febrero fev fevereiro fevrier februar febbraio φεβ februari fevr фев февр февраль февраля luty lutego subat",
  "mar march marzo marco mars marz maerz μαρ μαω marcius mrt мар март марта marzec marca mart",
  "apr april abr abril avr avril aprile απρ aprilis апр апрель апреля kwiecien kwietnia nisan",
  "may mayo mai maio mag maggio mei μαι majus maj маи мая maja mayis mayıs",
  "jun june junio junho juin juni giugno giu ιουν ιον junius июн июнь июня czerwiec czerwca haziran",
  "jul july julio julho juillet juli luglio lug ιουλ ιολ julius juil июл июль июля lipiec lipca temmuz",
  "aug august ago agosto aout αυγ augusztus augustus авг август августа sierpien sierpnia agustos",
  "sep sept september septiembre setiembre set setembro septembre settembre σεπ szeptember сен сент сентябрь сентября wrzesien wrzesnia eylul",
  "oct october octubre out outubro octobre okt oktober ottobre ott οκτ окт октябрь октября pazdziernik pazdziernika ekim",
  "nov november noviembre novembro novembre νοε νοεμ ноя нояб ноябрь ноября listopad listopada kasim kasım",
  "dec december dic diciembre dez dezembro decembre dezember dicembre δεκ дек декабрь декабря grudzien grudnia aralik aralık",
];

const months = new Map(
  rows.flatMap((row, index) => row.split(" ").map((name) => [name, index + 1] as const)),
);

/** 1 to 12, by a name in one of the languages of Europe. */
export const monthOf = (name: string | undefined): number | undefined =>
  name === undefined ? undefined : months.get(name.replace(/\.$/, ""));
