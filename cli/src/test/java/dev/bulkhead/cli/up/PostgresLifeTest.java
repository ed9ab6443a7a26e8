package dev.bulkhead.cli.up;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.cli.CommandFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How PostgreSQL comes back after whatever ended it, or us.
final class PostgresLifeTest {

  @TempDir private Path folder;
  private TestMachine machine;
  private Postgres postgres;

  @BeforeEach
  void prepare() throws IOException, InterruptedException {
    use(TestMachine.prepared(folder));
  }

  private void use(TestMachine other) {
    machine = other;
    postgres = machine.postgres();
  }

  @AfterEach
  void stop() throws InterruptedException {
    machine.postgres().stop();
  }

  @Test
  void keeps_committed_rows_and_its_port_when_the_postmaster_is_killed()
      throws IOException, InterruptedException, SQLException {
    postgres.start();
    int port = postgres.port();
    execute("CREATE TABLE t (a int)");
    execute("INSERT INTO t VALUES (42)");
    long killed = machine.postmaster().pid();

    ProcessHandle.of(killed).orElseThrow().destroyForcibly();
    String end = postgres.awaitEnd();
    restart();

    assertThat(end).contains(Long.toString(killed));
    assertThat(postgres.port()).isEqualTo(port);
    assertThat(machine.postmaster().pid()).isNotEqualTo(killed);
    execute("INSERT INTO t SELECT 1 / (count(*) - count(*) + 1) FROM t WHERE a = 42");
  }

  @Test
  void adopts_a_live_postmaster() throws IOException, InterruptedException {
    postgres.start();
    long pid = machine.postmaster().pid();

    Postgres next = machine.postgres();
    next.start();

    assertThat(machine.postmaster().pid()).isEqualTo(pid);
    assertThat(next.port()).isEqualTo(postgres.port());
    assertThat(machine.said()).contains("adopted on 127.0.0.1:" + postgres.port());
  }

  @Test
  void starts_over_a_stale_pid_file_that_names_another_live_process()
      throws IOException, InterruptedException {
    postgres.start();
    String pidFile = Files.readString(machine.data().resolve("postmaster.pid"));
    postgres.stop();
    Process other = new ProcessBuilder(machine.postgresUser().as(List.of("sleep", "600"))).start();
    try {
      new AccountFiles(machine.postgresUser())
          .write(
              machine.data().resolve("postmaster.pid"),
              pidFile.replaceFirst("\\d+", Long.toString(other.pid())));

      postgres.start();

      assertThat(machine.postmaster().pid()).isNotEqualTo(other.pid());
      assertThat(other.isAlive()).isTrue();
    } finally {
      other.destroyForcibly();
    }
  }

  @Test
  void moves_when_somebody_else_has_its_port() throws IOException, InterruptedException {
    postgres.start();
    int port = postgres.port();
    postgres.stop();

    try (var other = new ServerSocket()) {
      other.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      postgres.start();
    }

    assertThat(postgres.port()).isNotEqualTo(port);
    assertThat(Files.readString(machine.state().postgres().resolve("port")).strip())
        .isEqualTo(Integer.toString(postgres.port()));
  }

  @Test
  void begins_again_after_an_interrupted_initialisation(@TempDir Path empty)
      throws IOException, InterruptedException, SQLException {
    use(new TestMachine(empty));
    Path half = machine.state().postgres().resolve("data.new");
    machine.state().createPassage(machine.state().postgres());
    machine.state().createPrivate(half, machine.postgresUser());
    new AccountFiles(machine.postgresUser()).write(half.resolve("PG_VERSION"), "18\n");
    Files.createDirectories(machine.state().postgres().resolve("18.6.0.part/bin"));

    postgres.start();

    assertThat(half).doesNotExist();
    execute("SELECT 1");
  }

  @Test
  void begins_again_when_interrupted_while_it_initialises(@TempDir Path empty)
      throws InterruptedException, IOException, SQLException {
    use(new TestMachine(empty));
    Path half = machine.state().postgres().resolve("data.new");
    Thread first =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    postgres.start();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
    Awaitility.await().until(() -> Files.exists(half.resolve("PG_VERSION")));
    first.interrupt();
    first.join();

    assertThat(machine.data()).doesNotExist();
    Postgres next = machine.postgres();
    next.start();

    postgres = next;
    execute("SELECT 1");
  }

  @Test
  void leaves_nothing_running_when_stopped() throws IOException, InterruptedException {
    postgres.start();
    Postmaster postmaster = machine.postmaster();

    postgres.stop();

    assertThat(postmaster.isAlive(machine.data(), machine.postgresUser().uid())).isFalse();
    assertThat(machine.data().resolve("postmaster.pid")).doesNotExist();
  }

  /// Its children may still hold its memory for a moment, in which it refuses to start.
  private void restart() {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .ignoreException(CommandFailure.class)
        .until(
            () -> {
              postgres.start();
              return true;
            });
  }

  private void execute(String statement) throws IOException, SQLException {
    try (Connection connection =
        TestMachine.connect(
            postgres.port(), "bulkhead", "bulkhead_owner", machine.password(DatabaseRole.OWNER))) {
      connection.createStatement().execute(statement);
    }
  }
}
