import type { ChildProcess } from "node:child_process";

export function campaign(options: {
  cmd: readonly string[];
  kills?: number;
  min?: number;
  max?: number;
  seed?: number;
  signal?: string;
  log?: string | null;
  until?: string | null;
  pause?: number;
  stdio?: unknown;
  onKill?: ((kill: unknown) => void) | null;
}): Promise<{
  kills: number;
  selfExits: number;
  ms: number;
  child: ChildProcess;
  stop(): Promise<void>;
}>;
