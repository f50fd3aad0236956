import { randomBytes } from "node:crypto";
import { rm } from "node:fs/promises";
import { addWebhook, seedRules } from "@newsledger/alerts";
import { addSubscriber, localReader, sendNow, showIssue } from "@newsledger/digest";
import {
  type Config,
  createLogger,
  installationVault,
  type Resources,
  readRunning,
} from "@newsledger/host";
import { addFeed, requestPoll } from "@newsledger/poller";
import { caseStatus, timeline } from "@newsledger/readmodels";
import { printStatus, printStory } from "./commands/ask.ts";
import {
  createPress,
  type Press,
  type Receiver,
  type RunningPress,
  startPress,
  startReceiver,
} from "./demo/index.ts";
import { demoDirectory } from "./ledger.ts";
import { settled } from "./settled.ts";
import { bold, note, print, type Terminal } from "./terminal.ts";
import { caseTopics } from "./topics.ts";
import { up } from "./up.ts";

export interface DemoOptions {
  readonly port: number;
  /** Ends by itself instead of serving until Ctrl-C. */
  readonly once: boolean;
}

interface Stage {
  readonly press: Press;
  readonly running: RunningPress;
  readonly receiver: Receiver;
  readonly terminal: Terminal;
}

/** Plays the simulated press to the real pipeline, in a ledger of its own, and shows what came of it. */
export async function demo(
  config: Config,
  terminal: Terminal,
  options: DemoOptions,
): Promise<void> {
  const dataDir = demoDirectory(config);
  const running = await readRunning(dataDir);
  if (running)
    throw new Error(`a demonstration is running already (process ${running.pid}): stop it first`);
  await rm(dataDir, { recursive: true, force: true }); // simulated, made anew each time
  const key = randomBytes(24);
  const press = createPress({ now: new Date() });
  await using site = await startPress(press);
  await using receiver = await startReceiver({ secret: `whsec_${key.toString("base64")}` });
  const stage: Stage = { press, running: site, receiver, terminal };
  const ended = new AbortController();
  const started = performance.now();
  note(
    terminal,
    "A simulated press on this computer; nothing leaves it. The coverage is invented, the pipeline is real.",
  );
  await up(
    demoConfig(config, dataDir, options.port, [site.origin, receiver.url]),
    createLogger({ ...config, logLevel: config.logLevel === "info" ? "error" : config.logLevel }),
    AbortSignal.any([terminal.signal, ended.signal]),
    {
      seed: (resources) => prepare(resources, stage, key),
      async ready(resources) {
        await play(resources, stage);
        await show(resources, stage);
        note(terminal, `\nDone in ${((performance.now() - started) / 1000).toFixed(0)} s.`);
        if (options.once) ended.abort();
        else
          note(
            terminal,
            `Open ${resources.config.publicUrl} — and in another terminal ask it:\n${invitations}\nCtrl-C ends it.`,
          );
      },
    },
  );
}

const invitations = [
  "  newsledger status citgo-6 --as-of 2021-12-31",
  "  newsledger events --topic citgo-6 --as-of 2021-12-31",
  "  newsledger timeline us-venezuela",
  '  newsledger search "arresto domiciliario"',
].join("\n");

const demoConfig = (
  config: Config,
  dataDir: string,
  port: number,
  allowed: readonly string[],
): Config => {
  const { databaseUrl: _d, queueUrl: _q, smtpUrl: _s, ...rest } = config;
  return {
    ...rest,
    dataDir,
    port,
    publicUrl: `http://${config.host}:${port}`,
    allowHosts: allowed.map((url) => new URL(url).host),
    poller: {
      ...config.poller,
      minIntervalSeconds: 3600,
      defaultIntervalSeconds: 3600,
      concurrency: 4,
    },
    queue: { ...config.queue, reconcileEverySeconds: 1 },
  };
};

/** The feeds of the press (what they hold now is history), the shipped rule, a webhook, and one reader. */
async function prepare({ db, log, config }: Resources, stage: Stage, key: Buffer): Promise<void> {
  await seedRules(db);
  const random = { bytes: (count: number) => (count === key.length ? key : randomBytes(count)) };
  const vault = installationVault(config);
  await addWebhook(db, { url: stage.receiver.url }, { checkUrl: async () => {}, vault, random });
  for (const { title, path, language } of stage.press.feeds()) {
    await addFeed(db, log, {
      url: `${stage.running.origin}${path}`,
      title,
      language,
      history: true,
    });
  }
  await addSubscriber(db, log, {
    email: localReader,
    topics: caseTopics().map(({ id }) => id),
    schedule: "daily",
    at: "07:00",
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    language: "en",
  });
  note(
    stage.terminal,
    `history     ${stage.press.articles().length} articles, 2017 to now, in ${stage.press.feeds().length} feeds`,
  );
}

/** The acts of the press, each polled and worked through to the end before the next one begins. */
async function play(resources: Resources, { press, terminal }: Stage): Promise<void> {
  const acts = {
    today: "a new report, its copy elsewhere, a report in Spanish; one feed is down",
    edit: "the report is changed after the fact; the feed is back",
    correction: "another outlet corrects itself",
  } as const;
  await settled(resources, terminal.signal);
  for (const [act, what] of Object.entries(acts)) {
    note(terminal, `${act.padEnd(11)} ${what}`);
    press.advance(act as keyof typeof acts);
    await requestPoll(resources.db);
    await settled(resources, terminal.signal);
  }
}

/** What a person gets out of it: where the case stands, its newest stories, one mail, one alert and its corrections. */
async function show(resources: Resources, { receiver, terminal }: Stage): Promise<void> {
  const { db, clock } = resources;
  const [topic] = caseTopics();
  if (!topic || terminal.signal.aborted) return;
  const heading = (text: string) => print(terminal, `\n${bold(terminal, `── ${text} ──`)}\n`);

  heading("Where the case stands");
  printStatus(terminal, await caseStatus(db, { topic, today: clock.now() }));
  heading("Its latest stories");
  const { items } = await timeline(db, { topic: topic.id, limit: 5 });
  for (const story of items) printStory(terminal, story);

  heading("The digest that was sent");
  const issueId = await sendDigest(resources, terminal.signal);
  const issue = await showIssue(db, issueId);
  print(terminal, `Subject: ${issue.subject}\n\n${issue.text}`);
  print(
    terminal,
    `\n(also as HTML: ${resources.config.publicUrl}/digests/${issueId}; the mail lies in ${resources.config.dataDir}/mail)`,
  );

  heading("The alert that was received, and its corrections");
  for (const { verified, id, body } of receiver.received()) {
    print(terminal, `${verified ? "signature verified" : "SIGNATURE REFUSED"}  ${id}`);
    print(terminal, JSON.stringify(JSON.parse(body), null, 2));
  }
  if (receiver.received().length === 0) print(terminal, "none");
}

async function sendDigest(resources: Resources, signal: AbortSignal): Promise<string> {
  const { db, log, config } = resources;
  const { publicUrl, mailFrom } = config;
  const composed = await sendNow(
    { db, log, topics: caseTopics(), publicUrl, mailFrom },
    localReader,
  );
  await settled(resources, signal);
  return composed.issueId;
}
