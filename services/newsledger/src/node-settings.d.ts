/** What Node is told where the program runs for days (bin/settings.mjs). */
export declare const nodeSettings: readonly string[];
