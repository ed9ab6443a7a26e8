package dev.bulkhead.agent.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.bulkhead.agent.json.JsonFormatException;
import dev.bulkhead.protocol.enrol.CertificateRequest;
import dev.bulkhead.protocol.join.LinkAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCSException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdentityTest {

  @TempDir Path directory;

  @Test
  void createRequest_isWhatTheRealLibraryReads()
      throws GeneralSecurityException, IOException, OperatorCreationException, PKCSException {
    for (String name : List.of("host", "höst 42", "x".repeat(200))) {
      KeyPair key = EcKeys.generate();

      PKCS10CertificationRequest request =
          new PKCS10CertificationRequest(CertificateRequest.create(key, name));

      assertThat(request.getSubject().getRDNs()[0].getFirst().getValue()).hasToString(name);
      assertThat(request.getSubjectPublicKeyInfo().getEncoded())
          .isEqualTo(key.getPublic().getEncoded());
      assertThat(
              request.isSignatureValid(
                  new JcaContentVerifierProviderBuilder().build(key.getPublic())))
          .isTrue();
      assertThat(request.getEncoded()).isEqualTo(request.toASN1Structure().getEncoded("DER"));
    }
  }

  @Test
  void deviceKey_staysTheSame_andNobodyElseMayReadIt()
      throws IOException, GeneralSecurityException {
    Path state = directory.resolve("deep/state");
    KeyPair first;
    try (StateDirectory opened = StateDirectory.open(state)) {
      first = opened.deviceKey();
    }

    try (StateDirectory opened = StateDirectory.open(state)) {
      assertThat(opened.deviceKey().getPublic()).isEqualTo(first.getPublic());
      assertThat(opened.deviceKey().getPrivate()).isEqualTo(first.getPrivate());
    }
    assertThat(permissions(state)).isEqualTo("rwx------");
    try (Stream<Path> files = Files.list(state)) {
      assertThat(files).allSatisfy(file -> assertThat(permissions(file)).isEqualTo("rw-------"));
    }
    assertThat(StateDirectory.findFingerprint(state)).isPresent();
  }

  @Test
  void save_changesCertificateAndKeyTogether() throws IOException, GeneralSecurityException {
    try (StateDirectory state = StateDirectory.open(directory.resolve("state"))) {
      KeyPair first = state.newTlsKey();
      HostIdentity identity = identity(state.newTlsKeyFile());
      state.save(identity, first);
      KeyPair second = state.newTlsKey();

      HostIdentity renewed =
          identity.withCertificate("authority", "another \"certificate\"\n", state.newTlsKeyFile());
      state.save(renewed, second);

      assertThat(state.findIdentity()).contains(renewed);
      assertThat(state.tlsKey(renewed).getPrivate()).isEqualTo(second.getPrivate());
      assertThat(state.path().resolve(identity.tlsKeyFile())).doesNotExist();
      try (Stream<Path> files = Files.list(state.path())) {
        assertThat(files).noneMatch(file -> file.toString().endsWith(".part"));
      }
    }
  }

  @Test
  void open_isForOneAtATime() throws IOException {
    Path state = directory.resolve("state");
    try (StateDirectory _ = StateDirectory.open(state)) {
      assertThatExceptionOfType(StateInUseException.class)
          .isThrownBy(() -> StateDirectory.open(state))
          .withMessageContaining("in use");
      assertThat(StateDirectory.isInUse(state)).isTrue();
    }
    assertThat(StateDirectory.isInUse(state)).isFalse();
  }

  @Test
  void openReadOnly_readsWhatIsThere_andKeepsOutWhoeverMayWrite() throws Exception {
    Path path = directory.resolve("state");
    HostIdentity identity;
    KeyPair key;
    try (StateDirectory state = StateDirectory.openToRun(path)) {
      assertThat(state.isReadOnly()).isFalse();
      key = state.newTlsKey();
      identity = identity(state.newTlsKeyFile());
      state.save(identity, key);
      assertThatExceptionOfType(StateInUseException.class)
          .isThrownBy(() -> StateDirectory.openReadOnly(path));
    }

    try (StateDirectory state = StateDirectory.openReadOnly(path)) {
      assertThat(state.isReadOnly()).isTrue();
      assertThat(state.findIdentity()).contains(identity);
      assertThat(state.tlsKey(identity).getPrivate()).isEqualTo(key.getPrivate());
      assertThatExceptionOfType(StateInUseException.class)
          .isThrownBy(() -> StateDirectory.openToRun(path));
    }
    Files.delete(path.resolve("lock"));
    try (StateDirectory state = StateDirectory.openReadOnly(path)) {
      assertThat(state.findIdentity()).contains(identity);
    }
  }

  @Test
  void findIdentity_refusesKeysElsewhere_andDamagedFiles() throws IOException {
    assertThatIllegalArgumentException().isThrownBy(() -> identity("../../etc/passwd"));
    try (StateDirectory state = StateDirectory.open(directory.resolve("state"))) {
      assertThat(state.findIdentity()).isEmpty();
      Files.writeString(state.path().resolve("identity.json"), "{\"version\":1");
      assertThatExceptionOfType(JsonFormatException.class).isThrownBy(state::findIdentity);
    }
  }

  private static HostIdentity identity(String keyFile) {
    return new HostIdentity(
        new UUID(1, 2),
        new UUID(3, 4),
        List.of(new LinkAddress("127.0.0.1", 7443), new LinkAddress("::1", 1)),
        "authority",
        "certificate",
        keyFile);
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
