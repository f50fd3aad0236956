import { describe, expect, it } from "vitest";
import { withoutDoctype } from "./doctype.ts";

const document = (subset: string) =>
  `<?xml version="1.0"?><!DOCTYPE rss [${subset}]><rss>&a;</rss>`;

describe("a document type", () => {
  it("gives its literal entities and disappears", () => {
    const { text, entities } = withoutDoctype(
      document(`<!ENTITY a "l&#233;o > x"><!ENTITY b 'two'>`),
    );
    expect(text).toBe('<?xml version="1.0"?><rss>&a;</rss>');
    expect([...entities]).toEqual([
      ["a", "léo > x"],
      ["b", "two"],
    ]);
  });

  it.each([
    ["external", '<!ENTITY a SYSTEM "file:///etc/passwd">'],
    ["public", '<!ENTITY a PUBLIC "x" "http://127.0.0.1/">'],
    ["parameter", '<!ENTITY % a "x">'],
    ["oversized", `<!ENTITY a "${"x".repeat(2_000)}">`],
  ])("gives no %s entity", (_, subset) => {
    const { text, entities } = withoutDoctype(document(subset));
    expect(text).toContain("<rss>&a;</rss>");
    expect(entities.size).toBe(0);
  });

  it("never expands what stands inside an entity", () => {
    const { entities } = withoutDoctype(document('<!ENTITY a "x"><!ENTITY b "&a;&a;">'));
    expect(entities.get("b")).toBe("&a;&a;");
  });

  it("without a subset, or none at all, changes nothing else", () => {
    expect(withoutDoctype('<!DOCTYPE rss PUBLIC "a>b" "c"><rss/>').text).toBe("<rss/>");
    expect(withoutDoctype("<rss><!DOCTYPE x></rss>").text).toBe("<rss><!DOCTYPE x></rss>");
    expect(withoutDoctype("<!-- <!DOCTYPE x> --><rss/>").text).toBe("<!-- <!DOCTYPE x> --><rss/>");
  });

  it("that never ends costs its first line", () => {
    expect(withoutDoctype("<!DOCTYPE rss [ <!ENTITY a 'x'> <rss></rss>").text).toContain(
      "<rss></rss>",
    );
  });
});
