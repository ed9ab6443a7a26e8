package dev.bulkhead.server.identity;

import dev.bulkhead.protocol.Sha256;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/// What somebody who is invited is handed: `bhi1_` and base64url without padding of the tenant's id
/// (16 bytes), the invitation's (16), a secret (32) and the first four bytes of SHA-256 over all
/// before, which tell a slip of the keyboard.
///
/// @param secret 32 random bytes
@SuppressWarnings("ArrayRecordComponent") // lives within one request
record InvitationCode(UUID tenant, UUID invitation, byte[] secret) {
  static final int SECRET_BYTES = 32;

  private static final String PREFIX = "bhi1_";
  private static final int CONTENT_BYTES = 4 * Long.BYTES + SECRET_BYTES;
  private static final int CHECK_BYTES = 4;

  String text() {
    final byte[] content =
        ByteBuffer.allocate(CONTENT_BYTES)
            .putLong(tenant.getMostSignificantBits())
            .putLong(tenant.getLeastSignificantBits())
            .putLong(invitation.getMostSignificantBits())
            .putLong(invitation.getLeastSignificantBits())
            .put(secret)
            .array();
    final byte[] whole =
        ByteBuffer.allocate(CONTENT_BYTES + CHECK_BYTES).put(content).put(check(content)).array();
    return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
  }

  /// Empty for what is no code, or was mistyped. Space around and line breaks within do not matter.
  static Optional<InvitationCode> parse(String typed) {
    final String text = typed.replaceAll("\\s", "");
    if (!text.startsWith(PREFIX)) {
      return Optional.empty();
    }
    final byte[] whole;
    try {
      whole = Base64.getUrlDecoder().decode(text.substring(PREFIX.length()));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
    if (whole.length != CONTENT_BYTES + CHECK_BYTES) {
      return Optional.empty();
    }
    final byte[] content = Arrays.copyOf(whole, CONTENT_BYTES);
    if (!Arrays.equals(check(content), Arrays.copyOfRange(whole, CONTENT_BYTES, whole.length))) {
      return Optional.empty();
    }
    final ByteBuffer fields = ByteBuffer.wrap(content);
    final UUID tenant = new UUID(fields.getLong(), fields.getLong());
    final UUID invitation = new UUID(fields.getLong(), fields.getLong());
    final byte[] secret = new byte[SECRET_BYTES];
    fields.get(secret);
    return Optional.of(new InvitationCode(tenant, invitation, secret));
  }

  private static byte[] check(byte[] content) {
    return Arrays.copyOf(Sha256.digest(content).bytes(), CHECK_BYTES);
  }
}
