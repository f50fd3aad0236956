export const dayOf = (time: Date | string): string => new Date(time).toISOString().slice(0, 10);
