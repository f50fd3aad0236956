import { all, first, lineOf } from "./fields.ts";
import type { Point } from "./types.ts";
import type { XmlNode } from "./xml.ts";

/**
 * Where an item says it happened: GeoRSS simple (`georss:point`) and GML (`georss:where`), or the W3C's `geo:lat` and
 * `geo:long`. Latitude comes first in all of them. Null when it says nothing, or names no place on earth.
 */
export function pointOf(node: XmlNode): Point | null {
  const simple = lineOf(first(node, "georss:point"));
  if (simple !== null) return parsed(simple);
  for (const where of all(node, "georss:where", "where")) {
    const pos = lineOf(first(first(where, "gml:point") ?? where, "gml:pos"));
    if (pos !== null) return parsed(pos);
  }
  const w3c = first(node, "geo:point") ?? node;
  const [lat, lon] = [lineOf(first(w3c, "geo:lat")), lineOf(first(w3c, "geo:long", "geo:lon"))];
  return lat === null || lon === null ? null : parsed(`${lat} ${lon}`);
}

function parsed(text: string): Point | null {
  const found = /^([+-]?\d{1,3}(?:\.\d{1,15})?)[\s,]+([+-]?\d{1,3}(?:\.\d{1,15})?)$/.exec(
    text.trim(),
  );
  if (!found) return null;
  const [lat, lon] = [Number(found[1]), Number(found[2])];
  return Math.abs(lat) > 90 || Math.abs(lon) > 180 ? null : { lat, lon };
}
