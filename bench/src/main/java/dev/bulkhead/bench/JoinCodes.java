package dev.bulkhead.bench;

import dev.bulkhead.agent.json.Json;
import dev.bulkhead.protocol.Secret;
import dev.bulkhead.protocol.Sha256;
import dev.bulkhead.protocol.join.JoinCode;
import dev.bulkhead.protocol.join.LinkAddress;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;
import java.util.UUID;

/// Makes join codes as the page does: the secret is made here, and the server sees a digest only.
/// Thread-safe.
final class JoinCodes {

  private static final UUID NONE = new UUID(0, 0);

  private final ServerApi api;
  private final SecureRandom random = new SecureRandom();

  JoinCodes(ServerApi api) {
    this.api = api;
  }

  JoinCode create() throws IOException, InterruptedException {
    byte[] bytes = new byte[JoinCode.SECRET_LENGTH];
    random.nextBytes(bytes);
    Secret secret = Secret.of(bytes);
    Json.Obj made =
        api.post(
            "/api/v1/join-codes",
            ServerApi.object().member("secretDigest", digest(secret).toBase64Url()));
    Json.Obj link = ServerApi.member(made, "link");
    return code(
        UUID.fromString(ServerApi.text(made, "tenant")),
        Sha256.parseBase64Url(ServerApi.text(link, "caFingerprint")),
        secret,
        UUID.fromString(ServerApi.text(made, "id")),
        addresses(link));
  }

  private static Sha256 digest(Secret secret) {
    return code(NONE, Sha256.ZERO, secret, NONE, List.of(new LinkAddress("localhost", 1)))
        .secretDigest();
  }

  private static JoinCode code(
      UUID tenant, Sha256 authority, Secret secret, UUID id, List<LinkAddress> addresses) {
    return new JoinCode(JoinCode.VERSION, tenant, authority, Sha256.ZERO, secret, id, addresses);
  }

  private static List<LinkAddress> addresses(Json.Obj link) {
    if (link.members().get("addresses") instanceof Json.Arr(List<Json> items)) {
      return items.stream()
          .filter(Json.Str.class::isInstance)
          .map(Json.Str.class::cast)
          .map(text -> LinkAddress.parse(text.value()).orElseThrow())
          .toList();
    }
    throw new MeasurementFailure("no addresses in the server's answer");
  }
}
