import { type Command, UsageError } from "../command.ts";
import { completionScript, shells } from "../completion.ts";
import { print } from "../terminal.ts";

/** `commands` are those to complete: all there are. */
export const completionCommand = (commands: () => Promise<readonly Command[]>): Command => ({
  name: "completion",
  summary: "let your shell complete commands and options",
  words: `<${shells.join("|")}>`,
  minWords: 1,
  examples: [
    'eval "$(newsledger completion bash)"     # in ~/.bashrc',
    'eval "$(newsledger completion zsh)"      # in ~/.zshrc, after compinit',
    "newsledger completion fish > ~/.config/fish/completions/newsledger.fish",
  ],
  async run(args, terminal) {
    const [wanted] = args.words;
    const shell = shells.find((one) => one === wanted);
    if (!shell)
      throw new UsageError(`newsledger completion takes ${shells.join(", ")}; got ${wanted}`);
    print(terminal, completionScript(shell, await commands()));
  },
});
