import { setTimeout as pause } from "node:timers/promises";
import { Installation } from "../../harness/newsledger.ts";
import { awakeMs } from "./awake.ts";
import { oneOf, type Random } from "./random.ts";

/** So many processes of these roles. */
export interface Crew {
  readonly roles: string;
  readonly count: number;
}

/** One process of the fleet, in a data directory of its own, that is started again whenever it was killed. */
export class Member {
  readonly name: string;
  readonly roles: string;
  readonly installation: Installation;
  state: "down" | "starting" | "up" = "down";
  /** Why the last start failed, when nobody had killed it. */
  trouble: string | null = null;
  #life = 0;

  constructor(name: string, roles: string, installation: Installation) {
    this.name = name;
    this.roles = roles;
    this.installation = installation;
  }

  /** Resolves when it is ready, or was killed before it was. */
  async up(): Promise<void> {
    const life = ++this.#life;
    this.state = "starting";
    this.trouble = null;
    try {
      await this.installation.up("--only", this.roles);
      if (life === this.#life) this.state = "up";
    } catch (error) {
      if (life !== this.#life) return; // killed meanwhile
      this.state = "down";
      this.trouble = error instanceof Error ? error.message : String(error);
    }
  }

  async kill(): Promise<void> {
    this.#life++;
    this.state = "down";
    await this.installation.kill();
  }

  /** SIGTERM; the exit code. */
  async stop(): Promise<number | null> {
    this.#life++;
    this.state = "down";
    return this.installation.stop("SIGTERM");
  }

  /** A signal to the process alone: SIGSTOP, SIGCONT, SIGUSR2. */
  signal(signal: NodeJS.Signals): void {
    const { pid } = this.installation;
    if (pid !== undefined) process.kill(pid, signal);
  }
}

/** All processes of an installation that is spread over several. */
export class Fleet implements AsyncDisposable {
  readonly members: Member[] = [];
  /** kill -9s so far, a process each. */
  kills = 0;

  /** Starts these too, and waits until they are ready. */
  async add(
    crews: readonly Crew[],
    env: Record<string, string>,
    program?: string,
  ): Promise<Member[]> {
    const added: Member[] = [];
    for (const { roles, count } of crews)
      for (let nth = 0; nth < count; nth++) {
        const installation = await Installation.create(env, program);
        added.push(new Member(`${roles} ${nth + 1}`, roles, installation));
      }
    this.members.push(...added);
    // Two at a time: the first one migrates, and a small machine starts no ten programs at once.
    for (let at = 0; at < added.length; at += 2)
      await Promise.all(added.slice(at, at + 2).map((member) => member.up()));
    await this.allUp(); // one that did not start on a busy machine is started again, as a supervisor would
    return added;
  }

  of(role: string): Member[] {
    return this.members.filter(({ roles }) => roles.split(",").includes(role));
  }

  async kill(victims: readonly Member[]): Promise<void> {
    this.kills += victims.length;
    await Promise.all(victims.map((victim) => victim.kill()));
  }

  /** Kills one that lives, and starts it again at once, without waiting for it. */
  async killOne(random: Random, members: readonly Member[] = this.members): Promise<Member> {
    const living = members.filter(({ state }) => state !== "down");
    const victim = oneOf(random, living.length > 0 ? living : members);
    await this.kill([victim]);
    void victim.up();
    return victim;
  }

  /** Starts whatever is down and waits until every process is ready. */
  async allUp(): Promise<void> {
    const end = awakeMs() + 120_000;
    for (;;) {
      await Promise.all(
        this.members.filter(({ state }) => state === "down").map((member) => member.up()),
      );
      if (this.members.every(({ state }) => state === "up")) return;
      if (awakeMs() > end) {
        const troubles = this.members.map(
          ({ name, state, trouble }) => `${name} ${state} ${trouble}`,
        );
        throw new Error(`the fleet does not come up: ${troubles.join("; ")}`);
      }
      await pause(50);
    }
  }

  /** Waits until at most so many are not ready: no more is started at once than a small machine can. */
  async calm(most: number): Promise<void> {
    while (this.members.filter(({ state }) => state !== "up").length > most) {
      await Promise.all(
        this.members.filter(({ trouble }) => trouble !== null).map((member) => member.up()),
      );
      await pause(20);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const { installation } of this.members) await installation.kill();
    await Promise.all(this.members.map(({ installation }) => installation[Symbol.asyncDispose]()));
  }
}
