package dev.bulkhead.cli.audit;

import dev.bulkhead.cli.audit.Memory.Seen;
import dev.bulkhead.cli.audit.Verification.Result;
import dev.bulkhead.cli.client.Json;
import dev.bulkhead.cli.terminal.Printable;
import dev.bulkhead.cli.terminal.Style;
import dev.bulkhead.cli.terminal.Terminal;
import dev.bulkhead.cli.terminal.Units;
import dev.bulkhead.protocol.audit.Verdict;
import dev.bulkhead.protocol.audit.Verdict.Broken;
import dev.bulkhead.protocol.audit.Verdict.Intact;
import dev.bulkhead.protocol.audit.Verdict.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Says what a verification found.
///
/// @param result what it found
record VerificationReport(Result result) {

  /// For people: two or three lines a chain.
  List<String> lines(Terminal terminal, Instant now) {
    List<String> lines = new ArrayList<>();
    for (Finding finding : result.findings()) {
      if (!lines.isEmpty()) {
        lines.add("");
      }
      String name =
          finding.scope() == Scope.PLATFORM
              ? "platform"
              : "tenant " + Printable.of(finding.chain());
      switch (finding.verdict()) {
        case Intact intact -> intact(lines, name, intact, finding, terminal, now);
        case Broken broken -> broken(lines, name, broken, finding, terminal, now);
      }
    }
    if (!result.isIntact()) {
      lines.add("");
      lines.add("Nothing was noted of a chain that is not intact. Look into the server before you");
      lines.add("trust it, and keep a copy of its database: the record has been changed.");
    }
    return lines;
  }

  private static void intact(
      List<String> lines,
      String name,
      Intact intact,
      Finding finding,
      Terminal terminal,
      Instant now) {
    String mark = terminal.paint(Style.GOOD, terminal.shape("●", "*") + " intact");
    if (intact.upTo() == 0) {
      lines.add(name + ": " + terminal.shape("○", "o") + " empty");
      return;
    }
    lines.add(name + ": " + mark + " up to " + intact.upTo());
    lines.add("  hash " + intact.hash().toHex());
    lines.add("  " + witnessed(intact, finding, now));
  }

  private static String witnessed(Intact intact, Finding finding, Instant now) {
    if (finding.before().isEmpty()) {
      return "seen by this machine for the first time: it vouches for these from now on";
    }
    Seen before = finding.before().get();
    String when = Units.ago(before.at(), now);
    if (intact.witnessedUpTo() == intact.upTo()) {
      return "all of it is as this machine saw it " + when;
    }
    return "up to "
        + intact.witnessedUpTo()
        + " as this machine saw it "
        + when
        + "; "
        + (intact.upTo() - intact.witnessedUpTo())
        + " newer, seen now for the first time";
  }

  private static void broken(
      List<String> lines,
      String name,
      Broken broken,
      Finding finding,
      Terminal terminal,
      Instant now) {
    lines.add(
        name
            + ": "
            + terminal.paint(Style.BAD, terminal.shape("■", "#") + " not intact")
            + ", first bad record "
            + broken.sequence()
            + " ("
            + broken.reason().code()
            + ")");
    lines.add("  " + explanation(broken.reason()));
    finding
        .before()
        .ifPresentOrElse(
            seen ->
                lines.add(
                    "  this machine saw it intact up to "
                        + seen.witness().sequence()
                        + " "
                        + Units.ago(seen.at(), now)
                        + ", with hash "
                        + seen.witness().hash().toHex()),
            () -> lines.add("  this machine had not seen it before"));
  }

  private static String explanation(Reason reason) {
    return switch (reason) {
      case EDITED -> "its content is not what its hash, the next record or this machine says";
      case MISSING -> "it is not there, and later ones are";
      case REORDERED -> "it stands in another's place";
      case TRUNCATED -> "the chain ends before it, and this machine has seen it go further";
      case WRONG_CHAIN -> "it belongs to another chain";
      case UNDECODABLE -> "its hash is right, and it is no record";
    };
  }

  /// For programs: `{intact, installation, chains:[…]}`.
  String json() {
    ObjectNode json = Json.object();
    json.put("intact", result.isIntact()).put("installation", result.installation());
    ArrayNode chains = json.putArray("chains");
    for (Finding finding : result.findings()) {
      ObjectNode chain = chains.addObject();
      chain.put("scope", finding.scope().code()).put("chain", finding.chain());
      put(finding.verdict(), chain);
      chain.putNull("seenBefore");
      finding
          .before()
          .ifPresent(
              seen ->
                  chain
                      .putObject("seenBefore")
                      .put("sequence", seen.witness().sequence())
                      .put("hash", seen.witness().hash().toHex())
                      .put("at", seen.at().toString()));
    }
    return Json.pretty(json);
  }

  private static void put(Verdict verdict, ObjectNode chain) {
    switch (verdict) {
      case Intact intact ->
          chain
              .put("intact", true)
              .put("upTo", intact.upTo())
              .put("hash", intact.hash().toHex())
              .put("witnessedUpTo", intact.witnessedUpTo());
      case Broken broken ->
          chain
              .put("intact", false)
              .put("firstBad", broken.sequence())
              .put("reason", broken.reason().code())
              .put("witnessedUpTo", broken.witnessedUpTo());
    }
  }
}
