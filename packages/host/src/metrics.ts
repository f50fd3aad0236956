import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

/** Numbers for Prometheus. Asking twice for one name answers the same metric, so modules need not share objects. */
export interface Metrics {
  counter(name: string, help: string, labels?: readonly string[]): Counter;
  /** `collect` runs at each scrape and sets the gauge. */
  gauge(
    name: string,
    help: string,
    options?: {
      labels?: readonly string[];
      collect?: ((gauge: Gauge) => void | Promise<void>) | undefined;
    },
  ): Gauge;
  histogram(
    name: string,
    help: string,
    options?: { labels?: readonly string[]; buckets?: number[] },
  ): Histogram;
  /** The exposition text and its content type. */
  text(): Promise<{ contentType: string; body: string }>;
}

/** An own registry (nothing global); metrics come into being when first asked for. */
export function createMetrics(options: { ofProcess?: boolean } = {}): Metrics {
  const registry = new Registry();
  if (options.ofProcess) collectDefaultMetrics({ register: registry });
  const once = <M>(name: string, make: () => M): M =>
    (registry.getSingleMetric(name) as M | undefined) ?? make();
  const registers = [registry];
  return {
    counter: (name, help, labels = []) =>
      once(name, () => new Counter({ name, help, labelNames: [...labels], registers })),
    gauge: (name, help, { labels = [], collect } = {}) =>
      once(name, () => {
        const gauge: Gauge = new Gauge({
          name,
          help,
          labelNames: [...labels],
          registers,
          ...(collect && { collect: () => collect(gauge) }),
        });
        return gauge;
      }),
    histogram: (name, help, { labels = [], buckets } = {}) =>
      once(
        name,
        () =>
          new Histogram({
            name,
            help,
            labelNames: [...labels],
            registers,
            ...(buckets && { buckets }),
          }),
      ),
    text: async () => ({ contentType: registry.contentType, body: await registry.metrics() }),
  };
}
