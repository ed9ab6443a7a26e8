package dev.bulkhead.e2e;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.bulkhead.protocol.Secret;
import dev.bulkhead.protocol.Sha256;
import dev.bulkhead.protocol.join.JoinCode;
import dev.bulkhead.protocol.join.LinkAddress;
import java.security.SecureRandom;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;

/// Makes join codes as the page does, the secret on this side, and bends them.
final class Joining {
  private Joining() {}

  static JoinCode create(Api api) {
    final byte[] secret = new byte[JoinCode.SECRET_LENGTH];
    new SecureRandom().nextBytes(secret);
    final JoinCode draft =
        new JoinCode(
            JoinCode.VERSION,
            new UUID(0, 0),
            Sha256.ZERO,
            Sha256.ZERO,
            Secret.of(secret),
            new UUID(0, 0),
            List.of(address("localhost:1")));
    final JsonObject made =
        api.post(
                "/api/v1/join-codes",
                Api.json("secretDigest", draft.secretDigest().toBase64Url()).build())
            .ok();
    final JsonObject link = made.getAsJsonObject("link");
    final JsonArray addresses = link.getAsJsonArray("addresses");
    return new JoinCode(
        JoinCode.VERSION,
        UUID.fromString(made.get("tenant").getAsString()),
        Sha256.parseBase64Url(link.get("caFingerprint").getAsString()),
        Sha256.ZERO,
        draft.secret(),
        UUID.fromString(made.get("id").getAsString()),
        StreamSupport.stream(addresses.spliterator(), false)
            .map(element -> address(element.getAsString()))
            .toList());
  }

  /// The same code with another authority, which its typing check does not find.
  static JoinCode withAuthority(JoinCode code, Sha256 authority) {
    return bend(code, authority, code.joinId(), code.addresses());
  }

  static JoinCode withId(JoinCode code, UUID id) {
    return bend(code, code.authority(), id, code.addresses());
  }

  static JoinCode withAddress(JoinCode code, String address) {
    return bend(code, code.authority(), code.joinId(), List.of(address(address)));
  }

  private static JoinCode bend(
      JoinCode code, Sha256 authority, UUID id, List<LinkAddress> addresses) {
    return new JoinCode(
        code.version(), code.tenant(), authority, code.roster(), code.secret(), id, addresses);
  }

  private static LinkAddress address(String text) {
    return LinkAddress.parse(text).orElseThrow();
  }
}
