package dev.bulkhead.cli.audit;

import dev.bulkhead.cli.CommandFailure;
import dev.bulkhead.cli.audit.ChainPages.Row;
import dev.bulkhead.cli.audit.Memory.Seen;
import dev.bulkhead.cli.client.Json;
import dev.bulkhead.cli.client.ServerClient;
import dev.bulkhead.protocol.audit.AuditRecord;
import dev.bulkhead.protocol.audit.AuditVerifier;
import dev.bulkhead.protocol.audit.Verdict;
import dev.bulkhead.protocol.audit.Verdict.Intact;
import dev.bulkhead.protocol.audit.Witness;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// Verifies both chains of a server on this machine, against what this machine saw before.
final class Verification {

  private final ServerClient server;
  private final WitnessFiles files;
  private final Path state;
  private final LongConsumer progress;

  /// @param progress is told how many records of the present chain are verified
  Verification(ServerClient server, WitnessFiles files, Path state, LongConsumer progress) {
    this.server = server;
    this.files = files;
    this.state = state;
    this.progress = progress;
  }

  /// The outcome.
  ///
  /// @param installation the server's installation
  /// @param findings one for each chain
  record Result(String installation, List<Finding> findings) {
    boolean isIntact() {
      return findings.stream().allMatch(one -> one.verdict() instanceof Intact);
    }
  }

  /// Reads and verifies everything, and remembers what was intact.
  ///
  /// @throws CommandFailure when a chain could not be read to its end, or it is not the chain that
  ///     this machine knows
  Result run(Instant now) throws InterruptedException {
    String installation = Json.text(server.setup().path("installation"), "id");
    Memory known = files.find(installation).orElseGet(() -> stranger(installation));
    List<Finding> findings = new ArrayList<>();
    Memory seen = known;
    for (Scope scope : Scope.values()) {
      Finding finding = verify(scope, known);
      findings.add(finding);
      if (finding.verdict() instanceof Intact(long upTo, var hash, long _) && upTo > 0) {
        seen = seen.with(finding.chain(), new Seen(scope, new Witness(upTo, hash), now));
      }
    }
    if (!seen.equals(known)) {
      files.keep(seen);
    }
    return new Result(installation, findings);
  }

  /// Somebody who writes a record anew could give it a new installation too.
  private Memory stranger(String installation) {
    files
        .findOther(installation, state.toString())
        .ifPresent(
            other -> {
              throw new CommandFailure(
                  "This is another installation ("
                      + installation
                      + ") than the one that this machine saw in "
                      + state
                      + " ("
                      + other.installation()
                      + ").\nIf you have set Bulkhead up anew there, remove "
                      + files.file(other.installation())
                      + "; if not, its record has been replaced.");
            });
    return new Memory(installation, state.toString(), Map.of());
  }

  private Finding verify(Scope scope, Memory known) throws InterruptedException {
    var check = new Check(scope, known);
    new ChainPages(server, scope).read(0, Long.MAX_VALUE, check);
    return check.finding();
  }

  /// Feeds the verifier.
  private final class Check implements ChainPages.Taker {
    private final Scope scope;
    private final Memory known;
    private String chain = "";
    private @Nullable AuditVerifier verifier;

    Check(Scope scope, Memory known) {
      this.scope = scope;
      this.known = known;
    }

    @Override
    public void begin(String name) {
      requireExpected(name);
      chain = name;
      verifier =
          AuditVerifier.ofChain(
              name, before().map(seen -> List.of(seen.witness())).orElse(List.of()));
    }

    @Override
    public boolean take(Row row) {
      AuditVerifier begun = begun();
      boolean more = begun.accept(row.sequence(), row.bytes(), row.hash());
      progress.accept(begun.verifiedUpTo());
      return more;
    }

    Finding finding() {
      Verdict verdict = begun().finish();
      return new Finding(scope, chain, verdict, before());
    }

    private Optional<Seen> before() {
      return known.find(chain);
    }

    private AuditVerifier begun() {
      if (verifier == null) {
        throw new IllegalStateException("rows before the chain's name");
      }
      return verifier;
    }

    private void requireExpected(String name) {
      Optional<String> expected =
          scope == Scope.PLATFORM ? Optional.of(AuditRecord.PLATFORM) : known.tenantChain();
      boolean wrong =
          expected.filter(one -> !one.equals(name)).isPresent()
              || (scope == Scope.TENANT && name.equals(AuditRecord.PLATFORM));
      if (wrong) {
        throw new CommandFailure(
            "The server gave the chain "
                + name
                + " in the place of "
                + expected.orElse("the tenant's")
                + ": the record is not the one that was asked for.");
      }
    }
  }
}
