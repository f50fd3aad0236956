import { expect, test } from "vitest";
import { parseFeed } from "./parse.ts";

const spaces =
  'xmlns:g="http://www.georss.org/georss" xmlns:gml="http://www.opengis.net/gml" xmlns:geo="http://www.w3.org/2003/01/geo/wgs84_pos#"';
const pointIn = (inner: string) =>
  parseFeed({
    bytes: Buffer.from(
      `<rss ${spaces}><channel><title>T</title><item><title>a</title>${inner}</item></channel></rss>`,
    ),
  }).items[0]?.point;

const caracas = { lat: 10.48, lon: -66.9 };
test.each([
  ["<g:point>10.48 -66.9</g:point>", caracas],
  ["<g:point>\n 10.48,-66.9 </g:point>", caracas],
  ["<g:where><gml:Point><gml:pos>10.48 -66.9</gml:pos></gml:Point></g:where>", caracas],
  ["<geo:lat>10.48</geo:lat><geo:long>-66.9</geo:long>", caracas],
  ["<geo:Point><geo:lat>10.48</geo:lat><geo:long>-66.9</geo:long></geo:Point>", caracas],
  ["<georss:point>10.48 -66.9</georss:point>", caracas],
  ["<g:point>95 10</g:point>", undefined],
  ["<g:point>Caracas</g:point>", undefined],
  ["<geo:lat>10.48</geo:lat>", undefined],
  ["", undefined],
])("%s is at %j", (inner, point) => {
  expect(pointIn(inner)).toEqual(point);
});
