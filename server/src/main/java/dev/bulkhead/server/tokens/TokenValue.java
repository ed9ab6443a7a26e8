package dev.bulkhead.server.tokens;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A token as its holder has it: `bhk_<id>_<secret>`, the id as 32 hexadecimal digits, the secret
/// as 32 random bytes in base64url.
///
/// @param secret 43 characters; never printed
record TokenValue(UUID id, String secret) {
  static final String PREFIX = "bhk_";
  static final int SECRET_BYTES = 32;

  private static final Pattern FORM =
      Pattern.compile(PREFIX + "([0-9a-f]{32})_([A-Za-z0-9_-]{43})");

  static TokenValue of(UUID id, byte[] secret) {
    return new TokenValue(id, Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
  }

  /// Empty when the text has not the form of a token.
  static Optional<TokenValue> parse(String text) {
    final Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    final ByteBuffer id = ByteBuffer.wrap(HexFormat.of().parseHex(matcher.group(1)));
    return Optional.of(new TokenValue(new UUID(id.getLong(), id.getLong()), matcher.group(2)));
  }

  /// The whole token, to be shown once.
  String text() {
    return PREFIX + id.toString().replace("-", "") + "_" + secret;
  }

  @Override
  public String toString() {
    return PREFIX + "***";
  }
}
