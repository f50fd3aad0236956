import type { AddressInfo } from "node:net";
import { type ParsedMail, simpleParser } from "mailparser";
import { SMTPServer, type SMTPServerSession } from "smtp-server";

/** What the server says to one try: it takes the mail, or answers with a code at RCPT or after the data. */
export type Answer =
  | "ok"
  | { rcpt: number }
  | { data: number }
  | { from: number }
  /** Keeps the mail and cuts the line before it says so. */
  | "lost";

export interface KeptMail {
  readonly raw: string;
  readonly mail: ParsedMail;
}

/** A real mail server on loopback that answers as told, and `ok` when it was told nothing. */
export class MailServer implements AsyncDisposable {
  readonly kept: KeptMail[] = [];
  readonly answers: Answer[] = [];
  /** The return paths of the mails that it took. */
  readonly senders: string[] = [];
  tries = 0;
  /** Awaited when the whole mail is there and was kept, before the answer. */
  onDot: (() => Promise<void>) | null = null;
  readonly #server: SMTPServer;

  private constructor() {
    this.#server = new SMTPServer({
      authOptional: true,
      disabledCommands: ["STARTTLS", "AUTH"],
      logger: false,
      onMailFrom: (_address, _session, done) => {
        const [answer] = this.answers;
        if (typeof answer === "object" && "from" in answer) {
          this.answers.shift();
          return done(refusal(answer.from));
        }
        done();
      },
      onRcptTo: (_address, _session, done) => {
        this.tries += 1;
        const [answer] = this.answers;
        if (typeof answer === "object" && "rcpt" in answer) {
          this.answers.shift();
          return done(refusal(answer.rcpt));
        }
        done();
      },
      onData: (stream, session, done) => {
        const chunks: Buffer[] = [];
        stream.on("data", (chunk: Buffer) => chunks.push(chunk));
        stream.on("end", () => void this.#decide(Buffer.concat(chunks), session, done));
      },
    });
    this.#server.on("error", () => {}); // a line that was cut is what some tests are about
  }

  static async open(): Promise<MailServer> {
    const server = new MailServer();
    await new Promise<void>((resolve) => {
      server.#server.listen(0, "127.0.0.1", () => resolve());
    });
    return server;
  }

  get port(): number {
    return (this.#server.server.address() as AddressInfo).port;
  }

  async #decide(
    bytes: Buffer,
    session: SMTPServerSession,
    done: (error?: Error | null) => void,
  ): Promise<void> {
    const answer = this.answers.shift() ?? "ok";
    if (typeof answer === "object") return done(refusal("data" in answer ? answer.data : 451));
    this.kept.push({ raw: bytes.toString("utf8"), mail: await simpleParser(bytes) });
    this.senders.push((session.envelope.mailFrom || { address: "" }).address);
    await this.onDot?.();
    if (answer === "ok") return done();
    for (const connection of this.#server.connections) {
      if (connection.session.id === session.id) connection._socket.resetAndDestroy();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }
}

const refusal = (code: number): Error =>
  Object.assign(new Error(code >= 500 ? "no such mailbox" : "try again later"), {
    responseCode: code,
  });
