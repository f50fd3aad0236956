/** Lets each client in so often an hour; whoever comes more often is told so. */
export interface Doorkeeper {
  admits(client: string, nowMs: number): boolean;
}

const hourMs = 3_600_000;
const mostClients = 10_000;

export function doorkeeper(perHour: number): Doorkeeper {
  const visits = new Map<string, number[]>();
  return {
    admits(client, nowMs) {
      const recent = (visits.get(client) ?? []).filter((at) => nowMs - at < hourMs);
      const admitted = recent.length < perHour;
      visits.delete(client); // put back at the end: the order is that of last use
      visits.set(client, admitted ? [...recent, nowMs] : recent);
      const [oldest] = visits.keys();
      if (visits.size > mostClients && oldest !== undefined) visits.delete(oldest);
      return admitted;
    },
  };
}
