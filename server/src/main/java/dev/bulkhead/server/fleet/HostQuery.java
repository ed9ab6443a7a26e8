package dev.bulkhead.server.fleet;

import dev.bulkhead.server.web.ProblemException;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/// What a list of hosts is asked for.
///
/// @param text part of a name, host name, tag or address
/// @param state one of the four states
/// @param tag a whole tag
/// @param sort a key of [#ORDERS], with `-` before it for the other way round
record HostQuery(@Nullable String text, @Nullable String state, @Nullable String tag, String sort) {
  private static final Comparator<HostView> BY_NAME =
      Comparator.comparing(HostView::name, String.CASE_INSENSITIVE_ORDER)
          .thenComparing(HostView::id);

  // Down before late before pending before up: what is wrong comes first.
  private static final Map<String, Integer> URGENCY =
      Map.of("down", 0, "late", 1, "pending", 2, "up", 3);

  private static final Map<String, Comparator<HostView>> ORDERS =
      Map.of(
          "name", BY_NAME,
          "state",
              Comparator.<HostView>comparingInt(host -> URGENCY.getOrDefault(host.state(), 4))
                  .thenComparing(BY_NAME),
          "cpu", byFigure(figures -> orUnknown(figures.cpu())),
          "memory", byFigure(figures -> orUnknown(figures.memory())),
          "lastSeen",
              Comparator.comparing(
                      HostView::lastSeenAt, Comparator.nullsFirst(Comparator.naturalOrder()))
                  .thenComparing(BY_NAME));

  HostQuery {
    final String key = sort.startsWith("-") ? sort.substring(1) : sort;
    if (!ORDERS.containsKey(key)) {
      throw ProblemException.field(
          "sort", "choose one of " + String.join(", ", ORDERS.keySet().stream().sorted().toList()));
    }
    if (state != null && !URGENCY.containsKey(state)) {
      throw ProblemException.field("state", "choose up, late, down or pending");
    }
  }

  Predicate<HostView> matches() {
    return host -> matchesState(host) && matchesTag(host) && matchesText(host);
  }

  Comparator<HostView> order() {
    final boolean descending = sort.startsWith("-");
    final Comparator<HostView> order =
        java.util.Objects.requireNonNull(ORDERS.get(descending ? sort.substring(1) : sort));
    return descending ? order.reversed() : order;
  }

  private boolean matchesState(HostView host) {
    return state == null || state.equals(host.state());
  }

  private boolean matchesTag(HostView host) {
    return tag == null || host.tags().contains(tag);
  }

  private boolean matchesText(HostView host) {
    if (text == null || text.isBlank()) {
      return true;
    }
    final String part = text.strip().toLowerCase(Locale.ROOT);
    return contains(host.name(), part)
        || contains(host.hostname(), part)
        || contains(host.remoteAddress(), part)
        || host.tags().stream().anyMatch(one -> contains(one, part));
  }

  private static boolean contains(String whole, String part) {
    return whole.toLowerCase(Locale.ROOT).contains(part);
  }

  private static Comparator<HostView> byFigure(ToDoubleFunction<HostView.FiguresView> figure) {
    return Comparator.<HostView>comparingDouble(
            host -> host.figures() == null ? -1 : figure.applyAsDouble(host.figures()))
        .thenComparing(BY_NAME);
  }

  private static double orUnknown(@Nullable Double value) {
    return value == null ? -1 : value;
  }
}
