package dev.bulkhead.protocol.join;

import dev.bulkhead.protocol.Secret;
import dev.bulkhead.protocol.Sha256;
import java.util.List;
import java.util.UUID;

/// What a join code says: whose tenant, which authority to trust, the secret of one use, and every
/// address at which the server may be reached, in the order in which they are to be tried.
///
/// The string is `bhj1_` and base64url without padding of: version byte 1 ‖ tenant 16 ‖ fingerprint
/// of the authority's certificate (SHA-256 of its DER) 32 ‖ fingerprint of roster version 1, zeros
/// when there is none, 32 ‖ secret 32 ‖ join id 16 ‖ count 1 ‖ count × (length 1 ‖ UTF-8
/// `host:port`) ‖ the first four bytes of SHA-256 of all before, which find typing errors.
///
/// Immutable; `toString` hides the secret.
///
/// @param version the format's version: 1
/// @param tenant the tenant that the host joins
/// @param authority SHA-256 of the DER of the certificate of the server's authority
/// @param roster SHA-256 of roster version 1, or [Sha256#ZERO]
/// @param secret 32 random bytes
/// @param joinId names the code to the server
/// @param addresses one to eight
public record JoinCode(
    int version,
    UUID tenant,
    Sha256 authority,
    Sha256 roster,
    Secret secret,
    UUID joinId,
    List<LinkAddress> addresses) {

  /// The version that this class reads and writes.
  public static final int VERSION = 1;

  /// How many bytes the secret has.
  public static final int SECRET_LENGTH = 32;

  /// How many addresses there may be.
  public static final int MAX_ADDRESSES = 8;

  /// Checks every part.
  ///
  /// @throws IllegalArgumentException when one is out of range
  public JoinCode {
    if (version != VERSION) {
      throw new IllegalArgumentException("only version 1 is known");
    }
    if (secret.length() != SECRET_LENGTH) {
      throw new IllegalArgumentException("the secret has 32 bytes");
    }
    addresses = List.copyOf(addresses);
    if (addresses.isEmpty() || addresses.size() > MAX_ADDRESSES) {
      throw new IllegalArgumentException("there are one to eight addresses");
    }
  }

  /// Reads a code; white space anywhere in it is ignored, since terminals wrap long lines.
  public static Parsed parse(String text) {
    return JoinCodeFormat.parse(text);
  }

  /// The string that [#parse(String)] reads. It holds the secret: it is shown once and never
  /// logged.
  public String encode() {
    return JoinCodeFormat.encode(this);
  }

  /// The first key: the agent sends it once; the server has kept only [#secretDigest()].
  public Secret enrolKey() {
    return JoinKeys.enrolKey(secret);
  }

  /// The second key, which the server never sees.
  public Secret proveKey() {
    return JoinKeys.proveKey(secret);
  }

  /// SHA-256 of the enrol key, which the server keeps.
  public Sha256 secretDigest() {
    return Sha256.digest(enrolKey().reveal());
  }

  /// HMAC-SHA256 under the prove key over the device key (SPKI, DER) and the request (PKCS#10,
  /// DER).
  public byte[] proveMac(byte[] deviceKey, byte[] csr) {
    return JoinKeys.proveMac(proveKey(), deviceKey, csr);
  }

  /// What came of reading a code.
  public sealed interface Parsed {

    /// The code is whole.
    record Valid(JoinCode code) implements Parsed {}

    /// The code cannot be used.
    record Invalid(Fault fault) implements Parsed {}
  }

  /// Why a code cannot be used, with a stable code and what to do about it.
  public enum Fault {
    NOT_A_JOIN_CODE(
        "not_a_join_code",
        "This is not a join code: one begins with bhj1_.",
        "Copy the whole line that 'Add host' shows."),
    DAMAGED(
        "damaged",
        "The join code is damaged: characters are missing or changed.",
        "Copy the whole code again."),
    NEWER_VERSION(
        "newer_version",
        "The join code was made by a newer server than this agent understands.",
        "Update the agent."),
    BAD_ADDRESS(
        "bad_address",
        "The join code names an address that cannot be used.",
        "Check the server's link addresses and make a new code.");

    private final String code;
    private final String explanation;
    private final String remedy;

    Fault(String code, String explanation, String remedy) {
      this.code = code;
      this.explanation = explanation;
      this.remedy = remedy;
    }

    /// Stable, snake case.
    public String code() {
      return code;
    }

    /// One sentence for a person.
    public String explanation() {
      return explanation;
    }

    /// What the person can do.
    public String remedy() {
      return remedy;
    }
  }
}
