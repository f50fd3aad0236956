import type { Migration } from "@newsledger/eventlog";

/** Three steps that take a moment, in the middle of which they can be killed. */
export const steps: readonly Migration[] = [1, 2, 3].map((nth) => ({
  id: `steps-${nth}`,
  sql: `create table newsledger.step_${nth} (n int);
    insert into newsledger.step_${nth} values (1);
    select pg_sleep(0.15) as step_${nth};
    insert into newsledger.step_${nth} values (2)`,
}));
