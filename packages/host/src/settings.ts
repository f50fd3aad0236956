import { z } from "zod";
import { domainList, hostList, integer, oneOf, text, urlOf } from "./setting.ts";

/** Every setting there is, each declared once: type, default, names, documentation and messages follow from here. */
export const settings = z.object({
  dataDir: text({
    env: "NEWSLEDGER_DATA_DIR",
    meaning: "Directory of everything Newsledger keeps on this machine",
  }).default(".newsledger"),
  databaseUrl: urlOf(["postgres", "postgresql"], {
    env: "DATABASE_URL",
    secret: true,
    meaning: "A Postgres (15 or newer) to use; without it Newsledger starts its own in dataDir",
  }).optional(),
  queueUrl: urlOf(["redis", "rediss"], {
    env: "QUEUE_URL",
    secret: true,
    meaning: "A Redis to carry the queue; without it the queue lives in Postgres",
  }).optional(),
  smtpUrl: urlOf(["smtp", "smtps"], {
    env: "SMTP_URL",
    secret: true,
    meaning: "The mail server; without it mails are written as .eml files below dataDir",
  }).optional(),
  ownerMail: text({
    meaning:
      "Who runs this Newsledger: this address is written to when a webhook keeps failing or is switched off",
  }).optional(),
  secretKey: text({
    secret: true,
    meaning:
      "Key that encrypts stored secrets (32 bytes in base64, or a passphrase); several, the first of which encrypts, while one replaces another",
    defaultText: "secret.key in dataDir, made at first use",
  }).optional(),
  mailFrom: text({
    env: "MAIL_FROM",
    meaning: "Sender of mails, as shown to the reader",
  }).default("Newsledger <newsledger@localhost>"),
  dkimKey: text({
    env: "DKIM_KEY",
    secret: true,
    meaning: "Private RSA key (PEM) that signs mails, so that receivers trust them",
  }).optional(),
  dkimSelector: text({
    env: "DKIM_SELECTOR",
    meaning: "Name of the key in DNS: <selector>._domainkey.<domain>",
  }).default("newsledger"),
  dkimDomain: text({
    env: "DKIM_DOMAIN",
    meaning: "Domain that signs mails",
    defaultText: "that of the sender",
  }).optional(),
  publicUrl: urlOf(["http", "https"], {
    env: "PUBLIC_URL",
    meaning:
      "Address under which readers reach this Newsledger: links in mails and alerts start so",
    defaultText: "http://<host>:<port>",
  }).optional(),
  host: text({
    meaning: "Address that the web server binds; 0.0.0.0 opens it to the network",
  }).default("127.0.0.1"),
  port: integer(0, 65_535, {
    env: "PORT",
    meaning: "Port of the web server; 0 picks a free one",
  }).default(8787),
  watchPort: integer(1, 65_535, {
    meaning:
      "Port on which this process tells machines how it is, without a key: /healthz, /readyz, /metrics",
    defaultText: "none",
  }).optional(),
  logLevel: oneOf(["fatal", "error", "warn", "info", "debug", "trace", "silent"], {
    env: "LOG_LEVEL",
    meaning: "How much is noted on stderr",
  }).default("info"),
  tracesUrl: urlOf(["http", "https"], {
    env: "OTEL_EXPORTER_OTLP_ENDPOINT",
    meaning:
      "An OpenTelemetry collector that takes traces by OTLP over HTTP: what became of each item, from its feed to the delivery",
    defaultText: "none",
  }).optional(),
  allowHosts: hostList({
    meaning:
      "Private addresses that fetching may reach all the same (self-hosted bridges, tests): host, host:port, [::1]:8080",
  }).default([]),
  proxy: urlOf(["http", "https", "socks5"], {
    secret: true,
    meaning:
      "The proxy by which feeds, pages and webhooks are asked: http://user:password@proxy.example:3128, https:// or socks5://",
    defaultText: "none: they are asked directly",
  }).optional(),
  noProxy: domainList({
    meaning:
      "Who is asked without the proxy: host (with every name below it), host:port, or * for everybody; allowHosts always are",
  }).default([]),
  proxyNames: oneOf(["here", "proxy"], {
    meaning:
      "Who looks names up when there is a proxy: here, so that private addresses are refused before it is asked, or the proxy alone, where only it can",
  }).default("here"),

  poller: z
    .object({
      catalogue: oneOf(["shipped", "none"], {
        meaning: "Whether a ledger starts with the feeds that Newsledger ships",
      }).default("shipped"),
      minIntervalSeconds: integer(1, 86_400, {
        meaning: "No feed is asked more often than this",
      }).default(300),
      defaultIntervalSeconds: integer(1, 604_800, {
        meaning: "How often a feed is asked before its own rhythm is known",
      }).default(900),
      maxIntervalSeconds: integer(1, 604_800, {
        meaning: "Every feed is asked at least this often",
      }).default(86_400),
      concurrency: integer(1, 256, { meaning: "Feeds fetched at the same time" }).default(8),
      timeoutSeconds: integer(1, 300, {
        meaning: "Patience for one feed, from connecting to the last byte",
      }).default(30),
    })
    .prefault({}),
  extractor: z
    .object({
      concurrency: integer(1, 64, { meaning: "Articles read at the same time" }).default(16),
    })
    .prefault({}),
  alerts: z
    .object({
      concurrency: integer(1, 64, {
        meaning: "Messages that are sent to one receiver at the same time",
      }).default(4),
      lateAfterHours: integer(1, 8_760, {
        meaning: "News found this long after it was published is marked as a late find",
      }).default(48),
    })
    .prefault({}),
  digest: z
    .object({
      concurrency: integer(1, 64, { meaning: "Digests sent at the same time" }).default(2),
      retryHours: integer(1, 720, {
        meaning: "How long sending one digest is tried before it is given up",
      }).default(24),
      bounceMailbox: text({
        meaning: "Mailbox to which undeliverable and unsubscribe mails come back",
        defaultText: "the sender's address",
      }).optional(),
      signUp: oneOf(["auto", "open", "closed"], {
        meaning:
          "Whether readers may ask for digests on the page /subscribe; auto: where reading needs no key",
      }).default("auto"),
    })
    .prefault({}),
  queue: z
    .object({
      reconcileEverySeconds: integer(1, 3_600, {
        meaning: "How often the queue is compared with what Postgres says is due",
      }).default(5),
    })
    .prefault({}),
});
