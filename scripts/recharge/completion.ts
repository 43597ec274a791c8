// Completion scripts for bash, zsh and fish, written from the commands themselves.
import type { Command } from "commander";

export const shells = ["bash", "zsh", "fish"] as const;
export type Shell = (typeof shells)[number];

interface Place {
  /** Words before, such as `wallets credit`; empty at the beginning. */
  readonly words: string;
  /** What may come next: words and options, each with its help. */
  readonly next: readonly { readonly word: string; readonly help: string }[];
}

/** A script that completes `recharge` in a shell. */
export function completionOf(program: Command, shell: Shell): string {
  const places = placesOf(program, []);
  return scripts[shell](places);
}

function placesOf(command: Command, words: readonly string[]): readonly Place[] {
  const own = command.options.flatMap(({ long, description }) =>
    long == null ? [] : [{ word: long, help: description }],
  );
  const inner = command.commands.map((one) => ({ word: one.name(), help: one.description() }));
  return [
    { words: words.join(" "), next: [...inner, ...own] },
    ...command.commands.flatMap((one) => placesOf(one, [...words, one.name()])),
  ];
}

const scripts = {
  bash: (places) => `# recharge: completion for bash. Put this into ~/.bashrc: eval "$(recharge completion bash)"
_recharge() {
  local path="" word
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$word" in -*) ;; *) case "$path $word" in ${patternOf(places)}) path="\${path:+$path }$word" ;; esac ;; esac
  done
  case "$path" in
${places.map(({ words, next }) => `    "${words}") COMPREPLY=($(compgen -W "${next.map(({ word }) => word).join(" ")}" -- "\${COMP_WORDS[COMP_CWORD]}")) ;;`).join("\n")}
  esac
}
complete -o default -F _recharge recharge
`,
  zsh: (places) => `#compdef recharge
# recharge: completion for zsh. Put this into ~/.zshrc: eval "$(recharge completion zsh)"
_recharge() {
  local known="" word
  for word in "\${(@)words[2,CURRENT-1]}"; do
    case "$word" in -*) ;; *) case "$known $word" in ${patternOf(places)}) known="\${known:+$known }$word" ;; esac ;; esac
  done
  case "$known" in
${places.map(({ words, next }) => `    "${words}") compadd -- ${next.map(({ word }) => word).join(" ")} ;;`).join("\n")}
  esac
}
compdef _recharge recharge
`,
  fish: (places) =>
    [
      "# recharge: completion for fish. recharge completion fish > ~/.config/fish/completions/recharge.fish",
      "complete -c recharge -f",
      ...places.flatMap(({ words, next }) =>
        next.map(({ word, help }) => {
          const name = word.startsWith("--") ? `-l ${word.slice(2)}` : `-a ${word}`;
          return `complete -c recharge -n '${fishTest(words, places)}' ${name} -d '${firstWords(help)}'`;
        }),
      ),
      "",
    ].join("\n"),
} as const satisfies Record<Shell, (places: readonly Place[]) => string>;

/** Every sequence of words that goes on, as the patterns of a \`case\`; each begins with the words before it. */
function patternOf(places: readonly Place[]): string {
  const known = places.flatMap(({ words }) => (words === "" ? [] : [words]));
  return known.map((words) => (words.includes(" ") ? `"${words}"` : `" ${words}"`)).join(" | ");
}

function fishTest(words: string, places: readonly Place[]): string {
  const after = words === "" ? [] : words.split(" ");
  const inner = places.flatMap((place) => {
    const all = place.words.split(" ");
    return all.length === after.length + 1 && all.slice(0, -1).join(" ") === words ? [all.at(-1) ?? ""] : [];
  });
  const seen = after.map((word) => `__fish_seen_subcommand_from ${word}`);
  const notYet = inner.length === 0 ? [] : [`not __fish_seen_subcommand_from ${inner.join(" ")}`];
  return [...seen, ...notYet].join("; and ") || "true";
}

function firstWords(help: string): string {
  return (help.split(/[;.]/)[0] ?? "").replaceAll("'", "’").slice(0, 60);
}
