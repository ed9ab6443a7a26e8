package dev.bulkhead.protocol.enrol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.InvalidKeySpecException;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EnrolProofTest {

  private static final byte[] CSR = {1, 2, 3};
  private static final UUID ID = new UUID(1, 2);
  private static final Instant TIME = Instant.parse("2026-11-20T12:00:00.123Z");

  @Test
  void verify_acceptsOnlyWhatWasSigned() throws GeneralSecurityException {
    KeyPair key = keyPair("secp256r1");
    EnrolProof proof = EnrolProof.forEnrol(CSR, ID, TIME);

    byte[] signature = proof.sign(key.getPrivate());

    assertThat(proof.isSignedBy(key.getPublic(), signature)).isTrue();
    assertThat(EnrolProof.forRenew(CSR, ID, TIME).isSignedBy(key.getPublic(), signature)).isFalse();
    assertThat(
            EnrolProof.forEnrol(new byte[] {1, 2, 4}, ID, TIME)
                .isSignedBy(key.getPublic(), signature))
        .isFalse();
    assertThat(
            EnrolProof.forEnrol(CSR, new UUID(1, 3), TIME).isSignedBy(key.getPublic(), signature))
        .isFalse();
    assertThat(
            EnrolProof.forEnrol(CSR, ID, TIME.plusMillis(1)).isSignedBy(key.getPublic(), signature))
        .isFalse();
    assertThat(proof.isSignedBy(keyPair("secp256r1").getPublic(), signature)).isFalse();
  }

  @Test
  void verify_isFalse_forMalformedSignatures() throws GeneralSecurityException {
    KeyPair key = keyPair("secp256r1");
    EnrolProof proof = EnrolProof.forEnrol(CSR, ID, TIME);
    byte[] signature = proof.sign(key.getPrivate());

    assertThat(proof.isSignedBy(key.getPublic(), new byte[0])).isFalse();
    assertThat(proof.isSignedBy(key.getPublic(), new byte[10_000])).isFalse();
    assertThat(proof.isSignedBy(key.getPublic(), Arrays.copyOf(signature, 20))).isFalse();
  }

  @Test
  void decode_acceptsP256Only() throws GeneralSecurityException {
    byte[] encoded = keyPair("secp256r1").getPublic().getEncoded();

    assertThat(DeviceKey.decode(encoded).getEncoded()).isEqualTo(encoded);
    assertThat(encoded).hasSize(DeviceKey.ENCODED_LENGTH);
    byte[] p384 = keyPair("secp384r1").getPublic().getEncoded();
    byte[] garbage = new byte[DeviceKey.ENCODED_LENGTH];
    byte[] offCurve = encoded.clone();
    offCurve[90] ^= 1;
    for (byte[] bad : new byte[][] {p384, garbage, offCurve, new byte[0]}) {
      assertThatExceptionOfType(InvalidKeySpecException.class)
          .isThrownBy(() -> DeviceKey.decode(bad));
    }
  }

  @Test
  void createRequest_checksBounds_andHidesTheKey() {
    String key = "A".repeat(43);
    EnrolRequest request =
        new EnrolRequest(
            1, ID, ID, key, "AA", "AA", TIME, key, "AA", "host", "Linux", "amd64", "0.1.0");

    assertThat(request.toString()).doesNotContain(key);
    assertThat(request.enrolKeyBytes()).hasSize(32);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new EnrolRequest(
                    1, ID, ID, key, "AA", "AA", TIME, key, "AA", "a\nb", "Linux", "amd64", "1"))
        .withMessageStartingWith("hostname");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RenewRequest(2, ID, ID, TIME, "AA", "AA"))
        .withMessageStartingWith("version");
  }

  private static KeyPair keyPair(String curve) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec(curve));
    return generator.generateKeyPair();
  }
}
