package dev.bulkhead.protocol.audit;

import dev.bulkhead.protocol.Sha256;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One event of an audit chain: what happened, who did it, to what, and how it ended.
///
/// Immutable. [#encode()] is the one canonical form: the chain's hash covers these bytes, and bytes
/// that do not re-encode to themselves are refused.
///
/// @param chain `platform`, or a tenant's id
/// @param sequence counts from 1 without gaps
/// @param time when it happened, cut to microseconds
/// @param type lower-case words joined by dots, at most 64 characters, for example `host.joined`
/// @param actor who did it
/// @param subject what it was done to; null when there is nothing but the actor
/// @param outcome how it ended
/// @param remoteAddress where the request came from; null for what a program did by itself
/// @param details at most 32 more facts, sorted by name; never a secret
/// @param previous the hash of the record before, [Sha256#ZERO] for the first
public record AuditRecord(
    String chain,
    long sequence,
    Instant time,
    String type,
    Actor actor,
    @Nullable Subject subject,
    Outcome outcome,
    @Nullable String remoteAddress,
    SortedMap<String, String> details,
    Sha256 previous) {

  /// The chain of what concerns no single tenant.
  public static final String PLATFORM = "platform";

  /// Longest encoded record, in bytes.
  public static final int MAX_LENGTH = 16 * 1024;

  /// Checks every part.
  ///
  /// @throws IllegalArgumentException when one is out of bounds; the message begins with its name
  public AuditRecord {
    AuditLimits.checkWord("chain", chain, AuditLimits.MAX_NAME);
    if (sequence < 1) {
      throw new IllegalArgumentException("sequence: begins at 1");
    }
    time = time.truncatedTo(ChronoUnit.MICROS);
    AuditLimits.checkTime(time);
    AuditLimits.checkType(type);
    if (remoteAddress != null) {
      AuditLimits.checkText("remoteAddress", remoteAddress, AuditLimits.MAX_NAME);
    }
    details = Collections.unmodifiableSortedMap(sortedCopy(details));
    AuditLimits.checkDetails(details);
  }

  /// The canonical bytes, at most [#MAX_LENGTH].
  public byte[] encode() {
    return AuditFormat.encode(this);
  }

  /// Reads canonical bytes.
  ///
  /// @throws AuditFormatException when they are anything else
  public static AuditRecord decode(byte[] bytes) throws AuditFormatException {
    return AuditFormat.decode(bytes);
  }

  /// SHA-256(`bulkhead/audit/1` ‖ 0x00 ‖ canonical bytes): what the next record names as its
  /// previous.
  public Sha256 hash() {
    return hashOf(encode());
  }

  /// The hash of a record whose canonical bytes are at hand.
  public static Sha256 hashOf(byte[] encoded) {
    return Sha256.digest(AuditFormat.hashLabel(), encoded);
  }

  private static SortedMap<String, String> sortedCopy(Map<String, String> details) {
    // A sorted map with an order of its own would be copied with that order; names have one order.
    SortedMap<String, String> copy = new TreeMap<>();
    copy.putAll(details);
    return copy;
  }

  /// Who did it.
  ///
  /// @param kind one word, for example `account`, `host`, `program` or `anonymous`
  /// @param id at most 128 characters; `-` where nobody is known
  /// @param name as it was at that time, at most 128 characters
  public record Actor(String kind, String id, String name) {

    /// Checks every part.
    ///
    /// @throws IllegalArgumentException when one is out of bounds
    public Actor {
      AuditLimits.checkWord("actor.kind", kind, AuditLimits.MAX_KIND);
      AuditLimits.checkText("actor.id", id, AuditLimits.MAX_ID);
      AuditLimits.checkText("actor.name", name, AuditLimits.MAX_ID);
    }
  }

  /// What it was done to.
  ///
  /// @param kind one word, for example `host`
  /// @param id at most 128 characters
  public record Subject(String kind, String id) {

    /// Checks both parts.
    ///
    /// @throws IllegalArgumentException when one is out of bounds
    public Subject {
      AuditLimits.checkWord("subject.kind", kind, AuditLimits.MAX_KIND);
      AuditLimits.checkText("subject.id", id, AuditLimits.MAX_ID);
    }
  }

  /// How it ended.
  public enum Outcome {
    /// It was done.
    OK,
    /// It was not allowed.
    DENIED,
    /// It was allowed and did not work.
    FAILED;

    /// `ok`, `denied` or `failed`.
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
