package dev.bulkhead.server.tenancy;

import dev.bulkhead.server.access.Role;
import dev.bulkhead.server.access.SignedIn;
import dev.bulkhead.server.audit.AuditLog;
import dev.bulkhead.server.audit.AuditType;
import dev.bulkhead.server.database.Database;
import dev.bulkhead.server.identity.Invitations;
import dev.bulkhead.server.identity.TenantSlug;
import dev.bulkhead.server.web.ProblemException;
import dev.bulkhead.server.web.ProblemType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Making, renaming, deleting and restoring tenants. A deleted tenant is shut at once and its rows
/// stay for [#GRACE]; then [Purge] removes them. Thread-safe.
@Component
final class Tenants {
  /// How long a deleted tenant can be restored.
  static final Duration GRACE = Duration.ofDays(30);

  private static final int SLUGS_TRIED = 9;
  private static final String FIRST_OWNER = "First owner";

  private final TenantRepository tenants;
  private final Invitations invitations;
  private final CutOff cutOff;
  private final Database database;
  private final AuditLog audit;
  private final Clock clock;

  Tenants(
      TenantRepository tenants,
      Invitations invitations,
      CutOff cutOff,
      Database database,
      AuditLog audit,
      Clock clock) {
    this.tenants = tenants;
    this.invitations = invitations;
    this.cutOff = cutOff;
    this.database = database;
    this.audit = audit;
    this.clock = clock;
  }

  /// A new tenant, and how its first owner comes in.
  record Made(TenantRepository.Summary tenant, Invitations.NewInvitation owner) {}

  /// One tenant, deleted or not.
  ///
  /// @throws ProblemException `not_found`
  TenantRepository.Tenant get(UUID id) {
    return database.inTenant(id, tenants::find).orElseThrow(Tenants::notFound);
  }

  /// The tenant that the caller's transaction named.
  TenantRepository.Tenant getHere() {
    return tenants.find().orElseThrow(Tenants::notFound);
  }

  List<TenantRepository.Summary> list(
      @Nullable String query,
      @Nullable String state,
      TenantRepository.@Nullable After after,
      int limit) {
    return database.acrossTenants(() -> tenants.list(query, state, after, limit));
  }

  /// Makes a tenant with nobody in it but an invitation for its first owner.
  ///
  /// @param slug null to take one that the name suggests
  /// @throws ProblemException `slug_taken`
  Made create(SignedIn who, String name, @Nullable String slug, String address) {
    final UUID id = UUID.randomUUID();
    final Made made =
        audit.changeTenant(
            id,
            () -> {
              final String taken = claim(id, name, slug);
              final Invitations.NewInvitation owner =
                  invitations.createForFirstOwner(who, id, FIRST_OWNER, address);
              final Map<String, String> details = Map.of("name", name, "slug", taken);
              return new AuditLog.TenantChange<>(
                  new Made(TenantRepository.Summary.of(tenants.find().orElseThrow()), owner),
                  TenantEvents.forTenant(who, AuditType.TENANT_CREATED, id, address, details),
                  TenantEvents.named(who, AuditType.TENANT_CREATED, id, address, details));
            });
    cutOff.reopen(id);
    return made;
  }

  private String claim(UUID id, String name, @Nullable String slug) {
    final Instant now = clock.instant();
    return candidates(name, slug)
        .filter(one -> tenants.create(id, name, one, now))
        .findFirst()
        .orElseThrow(
            () ->
                new ProblemException(
                    ProblemType.SLUG_TAKEN,
                    "Choose another short name. A deleted tenant keeps its own until it is purged."));
  }

  private static Stream<String> candidates(String name, @Nullable String slug) {
    if (slug != null) {
      return Stream.of(slug);
    }
    final String first = TenantSlug.of(name);
    return Stream.concat(
        Stream.of(first),
        IntStream.rangeClosed(2, SLUGS_TRIED).mapToObj(n -> TenantSlug.numbered(first, n)));
  }

  /// Gives the asker's tenant another name.
  ///
  /// @param version what the caller saw; null when they did not look
  TenantRepository.Tenant rename(
      SignedIn who, String name, @Nullable Long version, String address) {
    return audit.change(
        who.tenantId(),
        () -> {
          final TenantRepository.Tenant before = tenants.find().orElseThrow(Tenants::notFound);
          final long seen = Objects.requireNonNullElse(version, before.version());
          if (!tenants.rename(name, seen)) {
            throw new ProblemException(
                ProblemType.CHANGED_MEANWHILE, "Load the tenant again and repeat your change.");
          }
          return new AuditLog.Change<>(
              tenants.find().orElseThrow(Tenants::notFound),
              TenantEvents.named(
                  who,
                  AuditType.TENANT_CHANGED,
                  before.id(),
                  address,
                  Map.of("name", before.name() + " → " + name)));
        });
  }

  /// Deletes the asker's own tenant.
  ///
  /// @return when its rows go
  Instant deleteOwn(SignedIn who, String name, String address) {
    if (!get(who.tenantId()).name().equals(name)) {
      throw ProblemException.field("name", "type the tenant's name as it stands");
    }
    return Objects.requireNonNull(delete(who, who.tenantId(), address).purgeAt());
  }

  /// Deletes a tenant, for who runs the installation. One that is deleted stays as it is.
  ///
  /// @throws ProblemException `not_found`, `own_tenant`, or `validation` for another slug
  TenantRepository.Summary deleteAny(SignedIn who, UUID id, String slug, String address) {
    final TenantRepository.Tenant before = get(id);
    if (isOwn(who, id)) {
      throw new ProblemException(
          ProblemType.OWN_TENANT, "An owner of your tenant deletes it in its own settings.");
    }
    requireSlug(before, slug);
    return before.isDeleted()
        ? TenantRepository.Summary.of(before)
        : TenantRepository.Summary.of(delete(who, id, address));
  }

  private TenantRepository.Tenant delete(SignedIn who, UUID id, String address) {
    final Instant now = clock.instant();
    final Instant purgeAt = now.plus(GRACE);
    final TenantRepository.Tenant after =
        audit.changeTenant(
            id,
            () -> {
              if (!tenants.delete(now, purgeAt)) {
                throw notFound();
              }
              final Map<String, String> details = Map.of("purge", purgeAt.toString());
              return new AuditLog.TenantChange<>(
                  tenants.find().orElseThrow(),
                  TenantEvents.forTenant(who, AuditType.TENANT_DELETED, id, address, details),
                  TenantEvents.named(who, AuditType.TENANT_DELETED, id, address, details));
            });
    cutOff.end(id);
    return after;
  }

  /// Opens a deleted tenant again: its people sign in anew, its agents come back by themselves. One
  /// that is not deleted stays as it is.
  ///
  /// @throws ProblemException `not_found`, also when its time is over
  TenantRepository.Summary restore(SignedIn who, UUID id, String address) {
    final TenantRepository.Tenant before = get(id);
    if (!before.isDeleted()) {
      return TenantRepository.Summary.of(before);
    }
    final TenantRepository.Summary after =
        audit.changeTenant(
            id,
            () -> {
              if (!tenants.restore(clock.instant())) {
                throw notFound();
              }
              return new AuditLog.TenantChange<>(
                  TenantRepository.Summary.of(tenants.find().orElseThrow()),
                  TenantEvents.forTenant(who, AuditType.TENANT_RESTORED, id, address, Map.of()),
                  TenantEvents.named(who, AuditType.TENANT_RESTORED, id, address, Map.of()));
            });
    cutOff.reopen(id);
    return after;
  }

  /// Whether a tenant is the one that the asker signed in to. The local operator is of none.
  static boolean isOwn(SignedIn who, UUID id) {
    return who.role() != Role.LOCAL && who.tenantId().equals(id);
  }

  static void requireSlug(TenantRepository.Tenant tenant, String slug) {
    if (!tenant.slug().equals(slug)) {
      throw ProblemException.field("slug", "type the tenant's short name as it stands");
    }
  }

  static ProblemException notFound() {
    return new ProblemException(ProblemType.NOT_FOUND, "There is no tenant with this id.");
  }
}
