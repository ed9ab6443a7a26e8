package dev.bulkhead.server.fleet;

import dev.bulkhead.server.telemetry.Figures;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A host as the API shows it.
///
/// @param state `up`, `late`, `down` or `pending`
/// @param kind `agent` or `foreign`
/// @param figures absent while nothing was measured
record HostView(
    UUID id,
    String name,
    String hostname,
    String state,
    Instant stateSince,
    @Nullable Instant lastSeenAt,
    Instant joinedAt,
    String kind,
    String os,
    String kernel,
    String architecture,
    String agentVersion,
    List<String> tags,
    String deviceFingerprint,
    String remoteAddress,
    boolean protectedFromServer,
    String mode,
    @Nullable Instant bootedAt,
    @Nullable FiguresView figures,
    SparkView spark,
    CountersView counters,
    long version) {

  /// Shares are 0 to 1, rates bytes a second.
  record FiguresView(
      @Nullable Double cpu,
      @Nullable Double memory,
      @Nullable Double disk,
      @Nullable Double load1,
      @Nullable Double networkReceive,
      @Nullable Double networkTransmit,
      Instant at) {
    static @Nullable FiguresView of(@Nullable Figures figures) {
      return figures == null || figures.epochMillis() < 0
          ? null
          : new FiguresView(
              figures.cpu(),
              figures.memory(),
              figures.disk(),
              figures.load1(),
              figures.networkReceive(),
              figures.networkTransmit(),
              Instant.ofEpochMilli(figures.epochMillis()));
    }
  }

  /// Averages of up to thirty minutes, the oldest first.
  record SparkView(List<@Nullable Double> cpu, List<@Nullable Double> memory) {
    private static final SparkView EMPTY = new SparkView(List.of(), List.of());

    static SparkView of(@Nullable Figures figures) {
      return figures == null ? EMPTY : new SparkView(figures.cpuSpark(), figures.memorySpark());
    }
  }

  /// What a host did wrong since the server's start.
  record CountersView(long messagesRefused, long identityConflicts, long samplesLeftOut) {}

  static HostView of(
      Hosts.Host host,
      Presence.Standing standing,
      @Nullable Figures figures,
      CountersView counters) {
    return new HostView(
        host.key().host(),
        host.name(),
        host.description().hostname(),
        standing.state().name().toLowerCase(Locale.ROOT),
        standing.since(),
        standing.lastSeenAt(),
        host.joinedAt(),
        host.kind(),
        host.description().os(),
        host.description().kernel(),
        host.description().architecture(),
        host.description().agentVersion(),
        host.tags(),
        Base64.getUrlEncoder().withoutPadding().encodeToString(host.deviceFingerprint()),
        host.remoteAddress(),
        host.protectedFromServer(),
        host.mode(),
        figures != null && figures.bootedAt() != null
            ? figures.bootedAt()
            : host.description().bootedAt(),
        FiguresView.of(figures),
        SparkView.of(figures),
        counters,
        host.version());
  }
}
