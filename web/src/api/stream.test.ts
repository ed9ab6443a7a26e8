import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { LiveStream } from "./stream";

/** The browser's EventSource, played by hand. */
class FakeSource extends EventTarget {
  static opened: FakeSource[] = [];
  onopen: (() => void) | null = null;
  onerror: (() => void) | null = null;
  closed = false;
  readonly url: string;

  constructor(url: string) {
    super();
    this.url = url;
    FakeSource.opened.push(this);
  }

  close() {
    this.closed = true;
  }

  tell(type: string, data: unknown) {
    this.dispatchEvent(new MessageEvent(type, { data: JSON.stringify(data) }));
  }
}

const newest = () => FakeSource.opened.at(-1);

describe("LiveStream", () => {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal("EventSource", FakeSource);
    FakeSource.opened = [];
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it("delivers events to those who asked for them", () => {
    const stream = started();
    const heard = vi.fn();
    stream.on("hosts", heard);

    newest()?.tell("hosts", { changed: [], removed: ["a"] });

    expect(heard).toHaveBeenCalledWith({ changed: [], removed: ["a"] });
  });

  it("keeps one stream and asks for the host that is watched", () => {
    const stream = started();

    stream.watch("h1");
    vi.advanceTimersByTime(1);

    expect(FakeSource.opened.map(({ closed }) => closed)).toEqual([true, false]);
    expect(newest()?.url).toBe("/api/v1/events?host=h1");
  });

  it("reconnects by itself, says what is stale, and asks to catch up", () => {
    const stream = started();
    const resumed = vi.fn();
    stream.onResume(resumed);
    const lastHeard = Date.now();

    newest()?.onerror?.();
    vi.advanceTimersByTime(3_100);
    expect(stream.readLink()).toEqual({ state: "lost", since: lastHeard });

    newest()?.onopen?.();
    expect(stream.readLink()).toEqual({ state: "live" });
    expect(resumed).toHaveBeenCalledOnce();
  });

  it("says nothing of a loss that is over at once", () => {
    const stream = started();

    newest()?.onerror?.();
    vi.advanceTimersByTime(1_000);
    newest()?.onopen?.();
    vi.advanceTimersByTime(10_000);

    expect(stream.readLink()).toEqual({ state: "live" });
  });

  it("takes a long silence for a loss", () => {
    const stream = started();
    const first = newest();

    vi.advanceTimersByTime(44_000);

    expect(first?.closed).toBe(true);
    expect(stream.readLink().state).toBe("lost");
  });

  it("stays closed once it is stopped", () => {
    const stream = started();
    newest()?.onerror?.();

    stream.stop();
    vi.advanceTimersByTime(60_000);

    expect(FakeSource.opened).toHaveLength(1);
  });
});

function started(): LiveStream {
  const stream = new LiveStream();
  stream.start();
  vi.advanceTimersByTime(0);
  newest()?.onopen?.();
  return stream;
}
