import type { Mail } from "./mail.ts";

/** How one try to hand over a mail ended. */
export type SendResult =
  | { outcome: "sent" }
  /** The receiving server will not take mail for this reader, now or later. */
  | { outcome: "refused"; reason: string }
  /** Not taken this time. `ofReader`: because of their mailbox, not because the server could not be reached. */
  | { outcome: "later"; reason: string; ofReader?: boolean }
  /** The whole mail was handed over and the answer lost: it may have arrived. */
  | { outcome: "unknown"; reason: string };

/** The road on which mails leave: a mail server, or files when there is none. */
export interface Transport {
  readonly kind: "smtp" | "file";
  send(mail: Mail): Promise<SendResult>;
}
