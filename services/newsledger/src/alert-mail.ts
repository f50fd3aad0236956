import type { SendMail } from "@newsledger/alerts";
import { configuredTransport, parseSender } from "@newsledger/digest";
import type { Config } from "@newsledger/host";

/** Plain mails of alerts leave by the same road as digests: the mail server, or files where there is none. */
export function alertMail(config: Config): SendMail {
  const transport = configuredTransport(config);
  const from = parseSender(config.mailFrom);
  const domain = from.address.slice(from.address.lastIndexOf("@") + 1);
  const messageId = (id: string) => `<alert.${id}@${domain}>`;
  return async ({ id, inReplyTo, to, subject, text, date }) => {
    const before = inReplyTo === null ? null : messageId(inReplyTo);
    return transport.send({
      issueId: id,
      from,
      to: { name: "", address: to },
      returnPath: from.address,
      messageId: messageId(id),
      inReplyTo: before,
      references: before === null ? [] : [before],
      date,
      subject,
      text,
      html: "",
      topics: [],
      webUrl: config.publicUrl,
      stop: null,
      confirmUrl: null,
    });
  };
}
