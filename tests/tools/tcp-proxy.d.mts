export interface TcpProxy {
  readonly cfg: { readonly listen: number; readonly admin: number };
  readonly url: string;
  set(options: { mode?: string; ms?: number; jitter?: number; bps?: number; for?: number }): void;
  killAll(): void;
  stats(): {
    mode: string;
    open: number;
    total: number;
    up: number;
    down: number;
    killed: number;
  };
  close(): void;
}
export function createProxy(options: {
  to: number;
  toHost?: string;
  listen?: number;
  admin?: number;
}): Promise<TcpProxy>;
