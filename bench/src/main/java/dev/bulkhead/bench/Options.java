package dev.bulkhead.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/// What is to be measured, and how long.
///
/// @param names of the measurements, in the order in which they run
/// @param agents how many are simulated
/// @param window how long figures are gathered
/// @param runs how often a start is repeated
/// @param out where the tables go
/// @param programs what is measured
record Options(
    List<String> names, int agents, Duration window, int runs, Path out, Programs programs) {

  static final String FIRST_CHART = "first-chart";
  static final String FOOTPRINT = "footprint";
  static final String THOUSAND = "thousand";

  private static final List<String> ALL = List.of(FIRST_CHART, FOOTPRINT, THOUSAND);
  private static final int MAX_AGENTS = 10_000;

  Options {
    names = names.isEmpty() ? ALL : List.copyOf(names);
    if (!ALL.containsAll(names)) {
      throw new IllegalArgumentException("known are " + ALL + ", not all of " + names);
    }
    if (agents < 1 || agents > MAX_AGENTS) {
      throw new IllegalArgumentException("--agents takes 1 to " + MAX_AGENTS);
    }
    if (window.toSeconds() < 1 || runs < 1) {
      throw new IllegalArgumentException("--seconds and --runs take at least 1");
    }
  }

  static Options parse(List<String> arguments, Programs programs) {
    List<String> names = new ArrayList<>();
    int agents = 1000;
    int seconds = 60;
    int runs = 3;
    Path out = programs.root().resolve("target").resolve("bench");
    Iterator<String> rest = arguments.iterator();
    while (rest.hasNext()) {
      String argument = rest.next();
      switch (argument) {
        case "--agents" -> agents = number(argument, rest);
        case "--seconds" -> seconds = number(argument, rest);
        case "--runs" -> runs = number(argument, rest);
        case "--out" -> out = Path.of(value(argument, rest));
        default -> names.add(argument);
      }
    }
    return new Options(names, agents, Duration.ofSeconds(seconds), runs, out, programs);
  }

  private static int number(String option, Iterator<String> rest) {
    try {
      return Integer.parseInt(value(option, rest));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(option + " takes a number", e);
    }
  }

  private static String value(String option, Iterator<String> rest) {
    if (!rest.hasNext()) {
      throw new IllegalArgumentException(option + " takes a value");
    }
    return rest.next();
  }
}
