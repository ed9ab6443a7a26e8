package dev.bulkhead.server.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OriginsTest {
  @Test
  void allowedOrigins_byDefault_areNone() {
    assertThat(ui(null).allowedOrigins()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://ui.example.org",
        "https://ui.example.org:8443",
        "http://localhost",
        "http://localhost:5173",
        "http://127.0.0.1:3000",
        "http://[::1]:3000"
      })
  void exactOrigin_isTaken(String origin) {
    assertThat(ui(List.of(origin)).allowedOrigins()).containsExactly(origin);
  }

  @ParameterizedTest
  @CsvSource({
    "*, list each origin by itself",
    "https://*.example.org, list each origin by itself",
    "https://ui.example.org/, write https://ui.example.org",
    "https://ui.example.org/app, write https://ui.example.org",
    "https://ui.example.org?x=1, write https://ui.example.org",
    "https://me@ui.example.org, write https://ui.example.org",
    "https://UI.example.org, write https://ui.example.org",
    "https://ui.example.org:443, leave it out",
    "http://localhost:80, leave it out",
    "http://ui.example.org, not https",
    "http://localhost.evil.example, not https",
    "ftp://ui.example.org, not https",
    "ui.example.org, write https://ui.example.org",
    "null, write https://ui.example.org",
    "https://, write https://ui.example.org",
    "https://a b, write https://ui.example.org"
  })
  void anythingElse_stopsTheStart_andSaysWhatToWrite(String origin, String remedy) {
    assertThatThrownBy(() -> ui(List.of(origin)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("ui.allowedOrigins")
        .hasMessageContaining(remedy);
  }

  private static ServerConfiguration.Ui ui(@Nullable List<String> origins) {
    return new ServerConfiguration.Ui(null, 0, null, null, null, null, origins);
  }
}
