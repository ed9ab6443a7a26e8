package dev.bulkhead.cli.hosts;

import dev.bulkhead.cli.CommandFailure;
import dev.bulkhead.cli.client.Json;
import dev.bulkhead.cli.hosts.HostPages.Wanted;
import dev.bulkhead.cli.terminal.Printable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/// Finds the one host that a person means.
final class HostFinder {

  private static final int MOST_SUGGESTIONS = 5;

  private final HostPages pages;

  HostFinder(HostPages pages) {
    this.pages = pages;
  }

  private record Candidate(String id, String name, String hostname) {
    static Candidate of(JsonNode host) {
      return new Candidate(
          Json.text(host, "id"), Json.text(host, "name"), Json.text(host, "hostname"));
    }
  }

  /// The id of the host with this id or name, else of the only one with this host name, upper and
  /// lower case alike.
  ///
  /// @throws CommandFailure when there is none or there are several; the message suggests others
  String find(String wanted) throws InterruptedException {
    List<Candidate> all = new ArrayList<>();
    pages.read(Wanted.ALL, host -> all.add(Candidate.of(host)));
    if (all.isEmpty()) {
      throw new CommandFailure("There are no hosts yet.\nSee: bulkhead hosts");
    }
    for (Candidate one : all) {
      if (one.id().equals(wanted) || one.name().equals(wanted)) {
        return one.id();
      }
    }
    List<Candidate> alike =
        all.stream()
            .filter(
                one ->
                    one.name().equalsIgnoreCase(wanted) || one.hostname().equalsIgnoreCase(wanted))
            .toList();
    return switch (alike.size()) {
      case 0 -> throw unknown(wanted, all);
      case 1 -> alike.getFirst().id();
      default -> throw ambiguous(wanted, alike);
    };
  }

  private static CommandFailure ambiguous(String wanted, List<Candidate> alike) {
    String list =
        String.join(
            "\n",
            alike.stream()
                .limit(MOST_SUGGESTIONS * 2L)
                .map(one -> "  " + Printable.of(one.name()) + "   " + one.id())
                .toList());
    return new CommandFailure(
        alike.size() + " hosts are called " + wanted + ":\n" + list + "\nGive a name or an id.");
  }

  private static CommandFailure unknown(String wanted, List<Candidate> all) {
    Set<String> suggestions = new TreeSet<>();
    String part = wanted.toLowerCase(Locale.ROOT);
    all.stream()
        .map(Candidate::name)
        .filter(name -> name.toLowerCase(Locale.ROOT).contains(part))
        .sorted()
        .limit(MOST_SUGGESTIONS)
        .forEach(suggestions::add);
    int near = Math.max(2, wanted.length() / 3);
    all.stream()
        .map(Candidate::name)
        .filter(name -> distance(part, name.toLowerCase(Locale.ROOT)) <= near)
        .sorted(Comparator.comparingInt(name -> distance(part, name.toLowerCase(Locale.ROOT))))
        .limit(MOST_SUGGESTIONS - suggestions.size())
        .forEach(suggestions::add);
    String advice =
        suggestions.isEmpty()
            ? "See them all: bulkhead hosts"
            : "Did you mean: " + Printable.of(String.join(", ", suggestions)) + "?";
    return new CommandFailure("There is no host " + wanted + ".\n" + advice);
  }

  /// How many letters one has to add, remove or replace (Levenshtein).
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
