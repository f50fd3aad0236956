import { expect, test } from "vitest";
import { decodeFeed } from "./decode.ts";
import { detectEncoding } from "./detect.ts";

/** Character → bytes, turned round from the decoder. */
function encoderOf(encoding: string): (text: string) => Uint8Array {
  const decoder = new TextDecoder(encoding);
  const bytesOf = new Map<string, number[]>();
  const learn = (bytes: number[]) => {
    const char = decoder.decode(Uint8Array.from(bytes));
    if ([...char].length === 1 && !char.includes("\ufffd") && !bytesOf.has(char))
      bytesOf.set(char, bytes);
  };
  for (let lead = 0; lead < 256; lead++) learn([lead]);
  for (let lead = 0x81; lead < 0xff; lead++)
    for (let trail = 0x40; trail < 0xff; trail++) learn([lead, trail]);
  return (text) =>
    Uint8Array.from(
      [...text].flatMap((char) => {
        const bytes = bytesOf.get(char);
        if (!bytes) throw new Error(`${char} is not in ${encoding}`);
        return bytes;
      }),
    );
}

const russian =
  "Родственники задержанных руководителей нефтяной компании просят о встрече с министром иностранных дел.";
const chinese = "石油公司六名前高管的家属要求与外交部长会面,他们说已经等了三年。";
const taiwanese = "石油公司六名前高階主管的家屬要求與外交部長會面,他們說已經等了三年。";
const japanese =
  "石油会社の元幹部六人の家族は、外務大臣との面会を求めている。三年も待っているという。";
const korean = "석유 회사 전직 임원 여섯 명의 가족들은 외교부 장관과의 면담을 요구하고 있다.";
const greek = "Οι συγγενείς των έξι στελεχών ζητούν συνάντηση με τον υπουργό εξωτερικών.";
const hebrew = "בני המשפחות של ששת המנהלים מבקשים להיפגש עם שר החוץ לאחר שלוש שנים";
const arabic =
  "تطالب عائلات المديرين الستة السابقين بلقاء وزير الخارجية بعد ثلاث سنوات من الانتظار";
const thai = "ครอบครัวของอดีตผู้บริหารหกคนขอเข้าพบรัฐมนตรีว่าการกระทรวงการต่างประเทศหลังจากรอมาสามปี";

test.each([
  ["windows-1251", russian],
  ["koi8-r", russian],
  ["iso-8859-5", russian],
  ["ibm866", russian],
  ["gb18030", chinese],
  ["big5", taiwanese],
  ["euc-jp", japanese],
  ["shift_jis", japanese],
  ["euc-kr", korean],
  ["windows-1253", greek],
  ["windows-1255", hebrew],
  ["windows-1256", arabic],
  ["windows-874", thai],
])("%s is told by its letters", (encoding, text) => {
  const encode = encoderOf(encoding);
  const bytes = encode(
    `<rss version="2.0"><channel><title>${text}</title><item><description><![CDATA[<p>${text}</p>]]></description></item></channel></rss>`,
  );
  expect(detectEncoding(bytes)).toBe(encoding);
  const decoded = decodeFeed(bytes, "text/xml");
  expect(decoded).toMatchObject({ encoding, damaged: false });
  expect(decoded.text).toContain(text);
});

const latin = encoderOf("windows-1252");
test.each([
  [
    "French",
    "À Caracas, les familles des six cadres ont été reçues, là où l'on a déjà espéré. À côté",
  ],
  ["Spanish", "El año pasado, según él, la petición también llegó allí: más días, qué más"],
  ["German", "Früher hätten die Angehörigen größere Möglichkeiten für Gespräche gehabt, übrigens"],
  ["Icelandic", "Það er ánægjulegt að sjá þá þar, því að þeir bíða þess að fá fréttir í dag"],
])("%s in Latin letters is left to the usual way", (_, text) => {
  const bytes = latin(`<rss><channel><title>${text}</title></channel></rss>`);
  expect(detectEncoding(bytes)).toBeNull();
  expect(decodeFeed(bytes, null)).toMatchObject({ encoding: "windows-1252", damaged: false });
});

test("UTF-8 with a broken character in it stays UTF-8", () => {
  const utf8 = new TextEncoder().encode(`<rss><channel><title>${russian} ${chinese}`);
  const cut = utf8.subarray(0, -1);
  expect(decodeFeed(cut, null)).toMatchObject({ encoding: "utf-8", damaged: true });
});

test("what is not a text has no encoding", () => {
  const noise = Uint8Array.from(
    { length: 4_000 },
    (_, index) => (index * index * 31 + index) & 255,
  );
  expect(detectEncoding(noise)).toBeNull();
  expect(detectEncoding(new Uint8Array())).toBeNull();
});
