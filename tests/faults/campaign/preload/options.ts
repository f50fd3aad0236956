/** The environment of a process that loads this first. */
export const preloaded = (name: "clock" | "block", env: Record<string, string>) => ({
  ...env,
  NODE_OPTIONS: `--import ${new URL(`${name}.ts`, import.meta.url).href}`,
});
