package dev.bulkhead.cli.audit;

import dev.bulkhead.cli.CommandFailure;
import dev.bulkhead.cli.client.Json;
import dev.bulkhead.cli.client.Query;
import dev.bulkhead.cli.client.ServerClient;
import java.util.Base64;
import java.util.HexFormat;
import tools.jackson.databind.JsonNode;

/// Reads a chain's rows in pages, in the order in which the server gives them.
final class ChainPages {

  private static final int PAGE = 1000;

  private final ServerClient server;
  private final Scope scope;

  ChainPages(ServerClient server, Scope scope) {
    this.server = server;
    this.scope = scope;
  }

  /// Takes the rows of a chain.
  interface Taker {
    /// What the server calls the chain; once, before the rows.
    void begin(String chain);

    /// @return whether more are wanted
    boolean take(Row row);
  }

  /// A row as the server sent it; what cannot be read is empty, which no hash matches.
  static final class Row {
    private final long sequence;
    private final byte[] bytes;
    private final byte[] hash;

    private Row(long sequence, byte[] bytes, byte[] hash) {
      this.sequence = sequence;
      this.bytes = bytes;
      this.hash = hash;
    }

    static Row of(JsonNode json) {
      return new Row(
          Json.count(json, "sequence"),
          base64(Json.text(json, "record")),
          hex(Json.text(json, "hash")));
    }

    long sequence() {
      return sequence;
    }

    byte[] bytes() {
      return bytes.clone();
    }

    byte[] hash() {
      return hash.clone();
    }

    private static byte[] base64(String text) {
      try {
        return Base64.getDecoder().decode(text);
      } catch (IllegalArgumentException e) {
        return new byte[0];
      }
    }

    private static byte[] hex(String text) {
      try {
        return HexFormat.of().parseHex(text);
      } catch (IllegalArgumentException e) {
        return new byte[0];
      }
    }
  }

  /// Reads from a sequence on until the chain ends or the taker has enough.
  ///
  /// @param most how many rows at most
  /// @throws CommandFailure when the server promises a rest and does not give it
  void read(long after, long most, Taker taker) throws InterruptedException {
    long cursor = after;
    long left = most;
    String chain = "";
    while (left > 0) {
      int limit = (int) Math.min(PAGE, left);
      JsonNode page =
          server.get(
              Query.of("/api/v1/audit/records")
                  .with("chain", scope.code())
                  .with("cursor", cursor)
                  .with("limit", limit));
      chain = requireSameChain(chain, Json.text(page, "chain"), taker);
      for (JsonNode item : page.path("items")) {
        if (!taker.take(Row.of(item))) {
          return;
        }
      }
      JsonNode next = page.path("nextCursor");
      if (next.isNull() || next.isMissingNode()) {
        return;
      }
      cursor = requireBeyond(cursor, next.asString(""));
      left -= limit;
    }
  }

  private static String requireSameChain(String before, String now, Taker taker) {
    if (before.isEmpty()) {
      taker.begin(now);
    } else if (!before.equals(now)) {
      throw new CommandFailure("The server changed the chain's name between two pages.");
    }
    return now;
  }

  private static long requireBeyond(long cursor, String next) {
    try {
      long beyond = Long.parseLong(next);
      if (beyond > cursor) {
        return beyond;
      }
    } catch (NumberFormatException e) {
      // Not a place in a chain; said below.
    }
    throw new CommandFailure(
        "The server says that there are more records after " + cursor + " and does not say where.");
  }
}
