package dev.bulkhead.cli.foreign;

import dev.bulkhead.cli.client.Json;
import dev.bulkhead.cli.terminal.Printable;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// What is printed: where the files are, and how an OpenTelemetry Collector uses them.
///
/// @param made what the server answered
record CollectorSnippet(JsonNode made, CertificateFiles files) {

  String text() {
    JsonNode addresses = made.path("addresses");
    String others =
        addresses
            .valueStream()
            .skip(1)
            .map(
                address -> "        # or wss://" + Printable.of(address.asString()) + "/v1/opamp\n")
            .collect(Collectors.joining());
    return """
        # %s, good until %s; then run the same command again.
        # Keep the key to the Collector's user. instance_uid must stay the same: the first one counts.
        extensions:
          opamp:
            instance_uid: %s
            server:
              ws:
                endpoint: wss://%s/v1/opamp
        %s        tls:
                  ca_file: %s
                  cert_file: %s
                  key_file: %s
        service:
          extensions: [opamp]
        """
        .formatted(
            Printable.of(Json.text(made, "name")),
            Printable.of(Json.text(made, "notAfter")),
            Printable.of(Json.text(made, "id")),
            Printable.of(addresses.path(0).asString("")),
            others,
            files.authority(),
            files.certificate(),
            files.key());
  }
}
