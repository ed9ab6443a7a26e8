package dev.bulkhead.cli.up;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.Base64;
import org.junit.jupiter.api.Test;

final class ScramVerifierTest {

  @Test
  void derives_the_keys_of_rfc_7677() {
    // The RFC's exchange: user "user", password "pencil".
    byte[] salt = Base64.getDecoder().decode("W22ZaJ0SNY7soEsUEjb6gQ==");

    assertThat(ScramVerifier.of("pencil", salt, 4096))
        .isEqualTo(
            "SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=");
  }

  @Test
  void salts_every_verifier_afresh() {
    var random = new SecureRandom();

    assertThat(ScramVerifier.of("pencil", random)).isNotEqualTo(ScramVerifier.of("pencil", random));
  }
}
