import { describe, expect, it } from "vitest";
import { allowList, isPublic } from "./address.ts";

describe("public addresses", () => {
  it.each(["8.8.8.8", "93.184.216.34", "2606:4700::1111", "2001:4860:4860::8888"])(
    "%s may be contacted",
    (address) => expect(isPublic(address)).toBe(true),
  );

  it.each(
    [
      "10.0.0.1 100.64.0.1 127.0.0.1 127.8.8.8 169.254.169.254 172.16.0.1 192.0.2.1 192.88.99.1 192.168.0.1",
      "198.18.0.1 203.0.113.9 224.0.0.1 240.0.0.1 255.255.255.255 0.0.0.0",
      ":: ::1 ::7f00:1 ::ffff:10.0.0.1 ::ffff:7f00:1 64:ff9b::7f00:1 64:ff9b:1::1 100::1 2001::1 2001:db8::1",
      "2002:7f00:1:: fc00::1 fd12::1 fe80::1 fe80::1%eth0 fec0::1 ff02::1 3fff::1 5f00::1",
      "localhost not-an-address",
    ]
      .join(" ")
      .split(" "),
  )("%s is never contacted", (address) => expect(isPublic(address)).toBe(false));
});

describe("the list of private targets that are open", () => {
  it("is empty unless somebody fills it", () => {
    expect(allowList([])("127.0.0.1", 80)).toBe(false);
  });

  it("opens one port of a host, or all of them", () => {
    const open = allowList(["bridge.lan", "127.0.0.1:8081", " [::1]:9000 ", "fd00::2"]);
    expect(open("bridge.lan", 80)).toBe(true);
    expect(open("BRIDGE.lan.", 443)).toBe(true);
    expect(open("127.0.0.1", 8081)).toBe(true);
    expect(open("127.0.0.1", 8082)).toBe(false);
    expect(open("[::1]", 9000)).toBe(true);
    expect(open("::1", 9001)).toBe(false);
    expect(open("fd00::2", 1)).toBe(true);
  });

  it("does not open another spelling of an address", () => {
    expect(allowList(["127.0.0.1:8081"])("::ffff:7f00:1", 8081)).toBe(false);
  });
});
