package dev.bulkhead.cli.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Who may do what in the PostgreSQL that `up` made. None of these tests changes it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PostgresAccessTest {

  private TestMachine machine;
  private Postgres postgres;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException, InterruptedException {
    machine = new TestMachine(folder);
    postgres = machine.postgres();
    postgres.start();
  }

  @AfterAll
  void stop() throws InterruptedException {
    postgres.stop();
  }

  @Test
  void gives_no_role_but_the_superuser_any_power() throws IOException, SQLException {
    assertThat(
            asSuperuser(
                """
                SELECT rolname FROM pg_roles
                WHERE rolcanlogin AND NOT rolsuper AND NOT rolbypassrls AND NOT rolcreaterole
                  AND NOT rolcreatedb AND NOT rolreplication
                ORDER BY 1
                """))
        .containsExactly("bulkhead_app", "bulkhead_audit", "bulkhead_owner");
    assertThat(asSuperuser("SELECT rolname FROM pg_roles WHERE rolcanlogin AND rolsuper"))
        .containsExactly("postgres");
  }

  @Test
  void lets_the_owner_alone_create_tables() throws IOException, SQLException {
    try (Connection owner = connect(DatabaseRole.OWNER)) {
      owner.setAutoCommit(false);
      owner.createStatement().execute("CREATE TABLE t (a int)");
      owner.rollback();
    }
    for (DatabaseRole role : List.of(DatabaseRole.APP, DatabaseRole.AUDIT)) {
      try (Connection connection = connect(role)) {
        assertThatThrownBy(() -> connection.createStatement().execute("CREATE TABLE t (a int)"))
            .hasMessageContaining("permission denied for schema public");
        assertThatThrownBy(
                () -> connection.createStatement().execute("CREATE TEMP TABLE t (a int)"))
            .hasMessageContaining("permission denied");
      }
    }
  }

  @Test
  void lets_the_application_own_nothing() throws IOException, SQLException {
    assertThat(
            asSuperuser(
                """
                SELECT d.datname FROM pg_database d JOIN pg_roles r ON r.oid = d.datdba
                WHERE r.rolname IN ('bulkhead_app', 'bulkhead_audit')
                UNION ALL
                SELECT c.relname FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner
                WHERE r.rolname IN ('bulkhead_app', 'bulkhead_audit')
                """))
        .isEmpty();
    assertThat(
            asSuperuser(
                """
                SELECT r.rolname FROM pg_database d JOIN pg_roles r ON r.oid = d.datdba
                WHERE d.datname = 'bulkhead'
                """))
        .containsExactly("bulkhead_owner");
  }

  @ParameterizedTest
  @EnumSource(DatabaseRole.class)
  void keeps_roles_out_of_other_databases(DatabaseRole role) throws IOException {
    String password = machine.password(role);

    assertThatThrownBy(
            () -> TestMachine.connect(postgres.port(), "postgres", role.role(), password))
        .hasMessageContaining("permission denied for database");
  }

  @ParameterizedTest
  @EnumSource(DatabaseRole.class)
  void refuses_a_wrong_password(DatabaseRole role) {
    assertThatThrownBy(() -> TestMachine.connect(postgres.port(), "bulkhead", role.role(), "guess"))
        .hasMessageContaining("password authentication failed");
  }

  @Test
  void asks_even_the_superuser_on_this_machine_for_a_password() {
    assertThatThrownBy(() -> TestMachine.connect(postgres.port(), "postgres", "postgres", "guess"))
        .hasMessageContaining("password authentication failed");
  }

  @Test
  void stores_passwords_as_scram_verifiers() throws IOException, SQLException {
    assertThat(asSuperuser("SELECT rolpassword FROM pg_authid WHERE rolcanlogin"))
        .hasSize(4)
        .allMatch(verifier -> verifier.startsWith("SCRAM-SHA-256$4096:"));
  }

  @ParameterizedTest
  @CsvSource({
    "fsync,on",
    "full_page_writes,on",
    "synchronous_commit,on",
    "data_checksums,on",
    "password_encryption,scram-sha-256",
    "listen_addresses,127.0.0.1",
    "unix_socket_directories,''",
    "max_connections,60",
    "max_wal_senders,0",
    "allow_alter_system,off",
    "server_encoding,UTF8",
  })
  void runs_with(String setting, String value) throws IOException, SQLException {
    assertThat(asSuperuser("SHOW " + setting)).containsExactly(value);
  }

  @Test
  void listens_on_no_unix_socket() throws IOException {
    String sockets = Files.readString(Path.of("/proc/net/unix"));

    assertThat(sockets).doesNotContain(".s.PGSQL." + postgres.port());
  }

  @Test
  void allows_no_replication() throws IOException, SQLException {
    assertThat(asSuperuser("SELECT auth_method FROM pg_hba_file_rules"))
        .containsExactly("scram-sha-256");
    assertThat(asSuperuser("SELECT unnest(database) FROM pg_hba_file_rules"))
        .containsExactly("all");
  }

  @Test
  void keeps_passwords_in_files_of_their_reader_alone() throws IOException {
    var secrets = new DatabaseSecrets(machine.state(), machine.serverUser());
    for (DatabaseRole role : DatabaseRole.values()) {
      assertThat(mode(secrets.file(role))).isEqualTo("rw-------");
      assertThat(Platform.uid(secrets.file(role))).isEqualTo(machine.serverUser().uid());
    }
    assertThat(mode(machine.state().superuserPassword())).isEqualTo("rw-------");
    assertThat(Platform.uid(machine.state().superuserPassword()))
        .isEqualTo(Account.ofInvoker().uid());
  }

  @Test
  void keeps_other_users_of_the_machine_out() throws IOException, InterruptedException {
    assumeTrue(Platform.isRoot(), "only root can try as another user");
    var nobody = new Account.SystemUser("nobody", 65_534);
    var secrets = new DatabaseSecrets(machine.state(), machine.serverUser());
    List<Path> closed = new ArrayList<>(List.of(machine.state().superuserPassword()));
    closed.add(machine.data().resolve("PG_VERSION"));
    for (DatabaseRole role : DatabaseRole.values()) {
      closed.add(secrets.file(role));
    }

    for (Path file : closed) {
      assertThat(Files.exists(file)).isTrue();
      assertThat(asNobody("cat", file.toString()).isDone()).as("nobody reads %s", file).isFalse();
      assertThat(asPostgres("cat", file.toString()).isDone())
          .as("PostgreSQL's user reads %s", file)
          .isEqualTo(file.startsWith(machine.data()));
    }
    assertThat(asNobody("ls", machine.state().root().toString()).isDone()).isFalse();
    assertThat(nobody.uid()).isNotEqualTo(machine.serverUser().uid());
  }

  @Test
  void lets_no_other_user_connect_without_the_password() throws IOException, InterruptedException {
    assumeTrue(Platform.isRoot(), "only root can try as another user");
    // PostgreSQL's start-up message for user postgres, database postgres; `R` 10 asks for SCRAM, 0
    // would let in.
    String script =
        """
        exec 3<>/dev/tcp/127.0.0.1/$1
        printf '\\0\\0\\0\\051\\0\\003\\0\\0user\\0postgres\\0database\\0postgres\\0\\0' >&3
        head -c 9 <&3 | od -An -tx1
        """;

    var outcome = asNobody("bash", "-c", script, "bash", Integer.toString(postgres.port()));

    assertThat(outcome.output().strip()).startsWith("52 00 00 00").endsWith("00 00 00 0a");
  }

  @Test
  void answers_on_loopback_alone() throws IOException {
    List<InetAddress> others =
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
            .toList();

    for (var address : others) {
      try (var socket = new Socket()) {
        assertThatThrownBy(
                () -> socket.connect(new InetSocketAddress(address, postgres.port()), 2_000))
            .isInstanceOf(IOException.class);
      }
    }
  }

  private ShortCommand.Outcome asNobody(String... command) throws InterruptedException {
    List<String> all =
        new ArrayList<>(List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"));
    all.addAll(List.of(command));
    return ShortCommand.of(all).run();
  }

  private ShortCommand.Outcome asPostgres(String... command) throws InterruptedException {
    return ShortCommand.of(machine.postgresUser().as(List.of(command))).run();
  }

  private Connection connect(DatabaseRole role) throws IOException, SQLException {
    return TestMachine.connect(postgres.port(), "bulkhead", role.role(), machine.password(role));
  }

  private List<String> asSuperuser(String query) throws IOException, SQLException {
    try (Connection connection =
            TestMachine.connect(
                postgres.port(), "bulkhead", "postgres", machine.superuserPassword());
        ResultSet rows = connection.createStatement().executeQuery(query)) {
      List<String> values = new ArrayList<>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    }
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(
        Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS));
  }
}
