import type { HostsEvent, JoinStatus, SampleEvent } from "./types";

interface Events {
  hosts: HostsEvent;
  sample: SampleEvent;
  join: JoinStatus;
}

/** Whether the figures on the page are live, and since when they are not (epoch milliseconds). */
export type Link = { state: "live" | "connecting" } | { state: "lost"; since: number };

const silenceLimit = 40_000; // The server pings every 15 s.
const grace = 3_000; // A reconnection shorter than this is nobody's business.
const retryDelays = [500, 1_000, 2_000, 5_000, 10_000];

/** The tab's one stream of server-sent events. It reconnects for as long as it is started. */
export class LiveStream {
  private source: EventSource | undefined;
  private host: string | undefined;
  private running = false;
  private failures = 0;
  private lastHeard = Date.now();
  private link: Link = { state: "connecting" };
  private readonly timers = new Map<"open" | "silence" | "grace", ReturnType<typeof setTimeout>>();
  private readonly linkListeners = new Set<() => void>();
  private readonly listeners = {
    hosts: new Set<(event: HostsEvent) => void>(),
    sample: new Set<(event: SampleEvent) => void>(),
    join: new Set<(event: JoinStatus) => void>(),
  };
  private readonly resumeListeners = new Set<() => void>();
  private readonly refuseListeners = new Set<() => void>();

  start(): void {
    this.running = true;
    this.openSoon(0);
  }

  stop(): void {
    this.running = false;
    this.close();
    this.timers.forEach((timer) => clearTimeout(timer));
    this.timers.clear();
    this.failures = 0;
    this.setLink({ state: "connecting" });
  }

  /** Asks for one-second samples of a host, for as long as no other is asked for. */
  watch(host: string | undefined): void {
    if (host === this.host) return;
    this.host = host;
    if (this.running) this.openSoon(0);
  }

  on<K extends keyof Events>(type: K, listener: (event: Events[K]) => void): () => void {
    const listeners = this.listeners[type] as Set<(event: Events[K]) => void>;
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  /** Tells when the stream is back after a loss: what happened meanwhile has to be fetched. */
  onResume(listener: () => void): () => void {
    this.resumeListeners.add(listener);
    return () => this.resumeListeners.delete(listener);
  }

  /** Tells of each failed attempt, whose cause an EventSource does not disclose. */
  onRefusal(listener: () => void): () => void {
    this.refuseListeners.add(listener);
    return () => this.refuseListeners.delete(listener);
  }

  readonly subscribeLink = (listener: () => void): (() => void) => {
    this.linkListeners.add(listener);
    return () => this.linkListeners.delete(listener);
  };

  readonly readLink = (): Link => this.link;

  retryNow(): void {
    this.openSoon(0);
  }

  private openSoon(delay: number): void {
    this.after("open", delay, () => this.open());
  }

  private open(): void {
    this.close();
    const query = this.host ? `?host=${encodeURIComponent(this.host)}` : "";
    const source = new EventSource(`/api/v1/events${query}`);
    this.source = source;
    source.onopen = () => this.opened();
    source.onerror = () => this.failed();
    source.addEventListener("ping", () => this.heard());
    this.deliver(source, "hosts");
    this.deliver(source, "sample");
    this.deliver(source, "join");
  }

  private deliver(source: EventSource, type: keyof Events): void {
    // Which event goes with which listener is held by the type of `on`.
    const listeners: ReadonlySet<(event: never) => void> = this.listeners[type];
    source.addEventListener(type, (message: MessageEvent<string>) => {
      this.heard();
      const event = JSON.parse(message.data) as never;
      listeners.forEach((tell) => tell(event));
    });
  }

  private opened(): void {
    const again = this.failures > 0;
    this.failures = 0;
    this.cancel("grace");
    this.setLink({ state: "live" });
    this.heard();
    if (again) this.resumeListeners.forEach((tell) => tell());
  }

  private heard(): void {
    this.lastHeard = Date.now();
    this.after("silence", silenceLimit, () => this.failed());
  }

  private failed(): void {
    this.close();
    const delay = retryDelays[Math.min(this.failures, retryDelays.length - 1)] ?? 0;
    this.failures += 1;
    this.openSoon(delay * (0.75 + Math.random() / 2));
    if (!this.timers.has("grace") && this.link.state !== "lost") {
      const since = this.lastHeard;
      this.after("grace", grace, () => this.setLink({ state: "lost", since }));
    }
    this.refuseListeners.forEach((tell) => tell());
  }

  private close(): void {
    this.source?.close();
    this.source = undefined;
    this.cancel("silence");
  }

  private setLink(link: Link): void {
    this.link = link;
    this.linkListeners.forEach((tell) => tell());
  }

  private after(name: "open" | "silence" | "grace", delay: number, act: () => void): void {
    this.cancel(name);
    const timer = setTimeout(() => {
      this.timers.delete(name);
      act();
    }, delay);
    this.timers.set(name, timer);
  }

  private cancel(name: "open" | "silence" | "grace"): void {
    clearTimeout(this.timers.get(name));
    this.timers.delete(name);
  }
}

export const live = new LiveStream();
