package dev.bulkhead.server.audit;

import dev.bulkhead.protocol.audit.AuditRecord;
import dev.bulkhead.server.access.Credential;
import dev.bulkhead.server.access.Role;
import dev.bulkhead.server.access.SignedIn;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Something that happened, before it has its place in a chain.
///
/// @param details further facts by name; never a secret
public record AuditEvent(
    AuditType type,
    AuditRecord.Actor actor,
    AuditRecord.@Nullable Subject subject,
    AuditRecord.Outcome outcome,
    @Nullable String remoteAddress,
    Map<String, String> details) {

  private static final int NAME_BYTES = 128;

  /// A program of ours that acts by itself.
  public static final AuditRecord.Actor SERVER =
      new AuditRecord.Actor("program", "server", "server");

  /// Somebody who has not proved who they are.
  public static final AuditRecord.Actor ANONYMOUS = new AuditRecord.Actor("anonymous", "-", "-");

  private static final AuditRecord.Actor LOCAL_OPERATOR =
      new AuditRecord.Actor("local", "-", "local operator");

  public AuditEvent {
    details = Map.copyOf(details);
  }

  /// What a person, a program in their name, or the local operator did to something.
  public static AuditEvent by(
      SignedIn who,
      AuditType type,
      AuditRecord.@Nullable Subject subject,
      String remoteAddress,
      Map<String, String> details) {
    return new AuditEvent(
        type, actor(who), subject, AuditRecord.Outcome.OK, remoteAddress, withToken(who, details));
  }

  /// Whoever is behind a request.
  public static AuditRecord.Actor actor(SignedIn who) {
    if (who.role() == Role.LOCAL) {
      return LOCAL_OPERATOR;
    }
    return who.credential() instanceof Credential.ApiToken token
            && token.owner() == Credential.ApiToken.Owner.SERVICE
        ? new AuditRecord.Actor("service", who.personId().toString(), cut(who.name()))
        : person(who.personId(), who.name());
  }

  /// A person, as what something was done to.
  public static AuditRecord.Subject personSubject(UUID id) {
    return new AuditRecord.Subject("account", id.toString());
  }

  // What a program did in somebody's name is told apart from what they did themselves.
  private static Map<String, String> withToken(SignedIn who, Map<String, String> details) {
    if (!(who.credential() instanceof Credential.ApiToken token)) {
      return details;
    }
    final Map<String, String> more = new HashMap<>(details);
    more.put("token", token.id().toString());
    return more;
  }

  public static AuditRecord.Actor person(UUID id, String name) {
    return new AuditRecord.Actor("account", id.toString(), cut(name));
  }

  // The record holds 128 bytes of a name; a name of 64 signs may have more.
  private static String cut(String name) {
    String shorter = name;
    while (shorter.getBytes(StandardCharsets.UTF_8).length > NAME_BYTES) {
      shorter = shorter.substring(0, shorter.offsetByCodePoints(shorter.length(), -1));
    }
    return shorter;
  }

  public static AuditRecord.Subject host(UUID id) {
    return new AuditRecord.Subject("host", id.toString());
  }
}
