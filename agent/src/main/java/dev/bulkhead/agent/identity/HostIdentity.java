package dev.bulkhead.agent.identity;

import dev.bulkhead.agent.json.Json;
import dev.bulkhead.agent.json.JsonFormatException;
import dev.bulkhead.agent.json.JsonWriter;
import dev.bulkhead.protocol.join.LinkAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// What joining gave this host; the content of `identity.json`.
///
/// @param hostId names the host
/// @param tenant whose it is
/// @param addresses where the server may be reached, in order
/// @param authority the server's authority, PEM: nobody else is believed
/// @param certificate the host's own certificate, PEM
/// @param tlsKeyFile name of the file with the certificate's key, in the same directory
public record HostIdentity(
    UUID hostId,
    UUID tenant,
    List<LinkAddress> addresses,
    String authority,
    String certificate,
    String tlsKeyFile) {

  /// Checks that there is an address and that the key lies in the same directory.
  ///
  /// @throws IllegalArgumentException when not
  public HostIdentity {
    addresses = List.copyOf(addresses);
    if (addresses.isEmpty()) {
      throw new IllegalArgumentException("addresses: at least one");
    }
    if (!tlsKeyFile.matches("tls-[0-9a-f]{1,32}\\.key")) {
      throw new IllegalArgumentException("tlsKey: not a name of ours");
    }
  }

  /// The same host with another certificate.
  public HostIdentity withCertificate(
      String newAuthority, String newCertificate, String newKeyFile) {
    return new HostIdentity(hostId, tenant, addresses, newAuthority, newCertificate, newKeyFile);
  }

  String toJson() {
    return new JsonWriter()
        .beginObject()
        .name("version")
        .value(1)
        .member("hostId", hostId.toString())
        .member("tenant", tenant.toString())
        .member("addresses", addresses.stream().map(LinkAddress::toString).toList())
        .member("authority", authority)
        .member("certificate", certificate)
        .member("tlsKey", tlsKeyFile)
        .endObject()
        .toString();
  }

  /// @throws JsonFormatException when a member is missing or is not what it should be
  static HostIdentity parse(String text) throws JsonFormatException {
    if (!(Json.parse(text) instanceof Json.Obj object)) {
      throw new JsonFormatException("not an object");
    }
    List<LinkAddress> addresses = new ArrayList<>();
    if (object.members().get("addresses") instanceof Json.Arr(List<Json> items)) {
      for (Json item : items) {
        if (item instanceof Json.Str(String address)) {
          LinkAddress.parse(address).ifPresent(addresses::add);
        }
      }
    }
    try {
      return new HostIdentity(
          UUID.fromString(object.getString("hostId")),
          UUID.fromString(object.getString("tenant")),
          addresses,
          object.getString("authority"),
          object.getString("certificate"),
          object.getString("tlsKey"));
    } catch (IllegalArgumentException e) {
      throw new JsonFormatException(String.valueOf(e.getMessage()));
    }
  }
}
