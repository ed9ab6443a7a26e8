package dev.bulkhead.cli.foreign;

import dev.bulkhead.cli.client.Json;
import dev.bulkhead.cli.client.Query;
import dev.bulkhead.cli.client.ServerClient;
import dev.bulkhead.cli.client.ServerOption;
import dev.bulkhead.protocol.enrol.CertificateRequest;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/// `bulkhead agent certificate NAME`: a key that never leaves this machine by itself, and the
/// server's certificate for it.
@Command(
    name = "certificate",
    description = {
      "Makes a client certificate of 30 days for an OpAMP agent that is not Bulkhead's,",
      "such as an OpenTelemetry Collector. For a name that has one it makes the next."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:made", "1:failed (the message says why and what to do)", "2:wrong usage"})
public final class CertificateCommand implements Callable<Integer> {

  // The name becomes part of file names.
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      paramLabel = "NAME",
      description = "The host's name in the list, and the files': letters, digits and . _ -")
  private String name = "";

  @Mixin private ServerOption server = new ServerOption();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where NAME.key, NAME.crt and ca.crt are written. Default: here.")
  private Path out = Path.of("");

  /// Made by picocli.
  public CertificateCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    CommandSpec command = Objects.requireNonNull(spec);
    if (!NAME.matcher(name).matches()) {
      throw new ParameterException(
          command.commandLine(),
          "NAME: 1 to 64 letters, digits and . _ -, beginning with a letter or a digit");
    }
    KeyPair key = newKeyPair();
    try (ServerClient server = this.server.connect();
        CertificateFiles files = CertificateFiles.prepare(out, name, key.getPrivate())) {
      JsonNode made = server.post(Query.of("/api/v1/foreign-agents"), request(key));
      files.write(Json.text(made, "certificate"), Json.text(made, "authority"));
      PrintWriter printer = command.commandLine().getOut();
      printer.print(new CollectorSnippet(made, files).text());
      printer.flush();
    }
    return 0;
  }

  private JsonNode request(KeyPair key) {
    try {
      byte[] csr = CertificateRequest.create(key, name);
      return Json.object().put("name", name).put("csr", Base64.getEncoder().encodeToString(csr));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a fresh key does not sign", e);
    }
  }

  private static KeyPair newKeyPair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no P-256", e);
    }
  }
}
