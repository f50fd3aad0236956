import type { Command } from "./command.ts";

export const shells = ["bash", "zsh", "fish"] as const;
type Shell = (typeof shells)[number];

/** What a shell needs to complete our commands and their options, as a script of that shell. */
export const completionScript = (shell: Shell, commands: readonly Command[]): string =>
  scripts[shell](commands);

const optionsOf = ({ options }: Command): string[] => [
  ...Object.keys(options ?? {}).map((name) => `--${name}`),
  "--help",
];

const firstWords = (commands: readonly Command[]): string[] => [
  ...new Set(commands.map(({ name }) => name.split(" ")[0] ?? "")),
];

const secondWords = (commands: readonly Command[], first: string): string[] =>
  commands.flatMap(({ name }) => {
    const [family, second] = name.split(" ");
    return family === first && second !== undefined ? [second] : [];
  });

/** Bash and zsh (by bashcompinit) read the same function. */
function bash(commands: readonly Command[]): string {
  const families = firstWords(commands).flatMap((first) => {
    const seconds = secondWords(commands, first);
    return seconds.length === 0 ? [] : [`    ${first}) words="${seconds.join(" ")}" ;;`];
  });
  const optionsWhere = (fits: (name: string) => boolean) =>
    commands
      .filter(({ name }) => fits(name))
      .map((one) => `    "${one.name}") options="${optionsOf(one).join(" ")}" ;;`)
      .join("\n");
  return `_newsledger() {
  local current="\${COMP_WORDS[COMP_CWORD]}" first="\${COMP_WORDS[1]}" second="\${COMP_WORDS[2]}"
  local words="" options=""
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "${firstWords(commands).join(" ")} --help --version" -- "$current"))
    return
  fi
  case "$first" in
${families.join("\n")}
  esac
  case "$first" in
${optionsWhere((name) => !name.includes(" "))}
  esac
  case "$first $second" in
${optionsWhere((name) => name.includes(" "))}
  esac
  case "$current" in
    -*) COMPREPLY=($(compgen -W "$options" -- "$current")) ;;
    *) if [ "$COMP_CWORD" -eq 2 ] && [ -n "$words" ]; then
         COMPREPLY=($(compgen -W "$words" -- "$current"))
       else
         COMPREPLY=($(compgen -f -- "$current"))
       fi ;;
  esac
}
complete -F _newsledger newsledger`;
}

const zsh = (commands: readonly Command[]): string =>
  `autoload -U +X bashcompinit && bashcompinit\n${bash(commands)}`;

function fish(commands: readonly Command[]): string {
  const lines = ["complete -c newsledger -f"];
  for (const first of firstWords(commands)) {
    const alone = commands.find(({ name }) => name === first);
    const about = alone?.summary ?? `commands about ${first}`;
    lines.push(`complete -c newsledger -n __fish_use_subcommand -a ${first} -d ${quoted(about)}`);
  }
  for (const { name, summary, options } of commands) {
    const [first = "", second] = name.split(" ");
    const here = `__fish_seen_subcommand_from ${first}`;
    if (second !== undefined)
      lines.push(
        `complete -c newsledger -n ${quoted(`${here}; and not __fish_seen_subcommand_from ${secondWords(commands, first).join(" ")}`)} -a ${second} -d ${quoted(summary)}`,
      );
    const under =
      second === undefined ? here : `${here}; and __fish_seen_subcommand_from ${second}`;
    for (const [option, { type, short, meaning }] of Object.entries(options ?? {}))
      lines.push(
        `complete -c newsledger -n ${quoted(under)} -l ${option}${short ? ` -s ${short}` : ""}${type === "string" ? " -r" : ""} -d ${quoted(meaning)}`,
      );
  }
  return lines.join("\n");
}

const quoted = (text: string): string => `'${text.replace(/[\\']/g, "\\$&")}'`;

const scripts: Readonly<Record<Shell, (commands: readonly Command[]) => string>> = {
  bash,
  zsh,
  fish,
};
