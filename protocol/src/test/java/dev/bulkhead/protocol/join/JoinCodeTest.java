package dev.bulkhead.protocol.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.bulkhead.protocol.Secret;
import dev.bulkhead.protocol.Sha256;
import dev.bulkhead.protocol.join.JoinCode.Fault;
import dev.bulkhead.protocol.join.JoinCode.Parsed;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JoinCodeTest {

  private static final HexFormat HEX = HexFormat.of();

  @Test
  void encode_givesTheFixedVector() throws IOException {
    String vector = vector();

    JoinCode code = valid(field(vector, "code"));

    assertThat(code.tenant()).hasToString(field(vector, "tenant"));
    assertThat(code.joinId()).hasToString(field(vector, "joinId"));
    assertThat(code.authority().toHex()).isEqualTo(field(vector, "caFingerprint"));
    assertThat(code.roster()).isEqualTo(Sha256.ZERO);
    assertThat(HEX.formatHex(code.secret().reveal())).isEqualTo(field(vector, "secret"));
    assertThat(code.addresses())
        .extracting(LinkAddress::toString)
        .containsExactly("127.0.0.1:7443", "server.example:7443", "[2001:db8::1]:8443");
    assertThat(code.encode()).isEqualTo(field(vector, "code"));
  }

  @Test
  void deriveKeys_givesTheFixedVector() throws IOException {
    String vector = vector();

    JoinCode code = valid(field(vector, "code"));

    assertThat(HEX.formatHex(code.enrolKey().reveal())).isEqualTo(field(vector, "enrolKey"));
    assertThat(HEX.formatHex(code.proveKey().reveal())).isEqualTo(field(vector, "proveKey"));
    assertThat(code.secretDigest().toBase64Url()).isEqualTo(field(vector, "secretDigest"));
    byte[] mac =
        code.proveMac(HEX.parseHex(field(vector, "deviceKey")), HEX.parseHex(field(vector, "csr")));
    assertThat(HEX.formatHex(mac)).isEqualTo(field(vector, "proveMac"));
  }

  @Test
  void parse_returnsWhatWasEncoded_forAnyCode() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      JoinCode code = randomCode(random);

      assertThat(JoinCode.parse(code.encode()))
          .as("seed %d", seed)
          .isEqualTo(new Parsed.Valid(code));
    }
  }

  @Test
  void parse_findsEveryChangedCharacter() {
    String text = randomCode(new Random(7)).encode();
    for (int i = 0; i < text.length() - 1; i++) {
      char other = text.charAt(i) == 'A' ? 'B' : 'A';

      String changed = text.substring(0, i) + other + text.substring(i + 1);

      assertThat(JoinCode.parse(changed)).as("character %d", i).isInstanceOf(Parsed.Invalid.class);
      assertThat(JoinCode.parse(text.substring(0, i))).isInstanceOf(Parsed.Invalid.class);
    }
  }

  @Test
  void parse_ignoresWhiteSpace_thatATerminalPutsIn() {
    JoinCode code = randomCode(new Random(8));
    String text = code.encode();

    String wrapped = "  " + text.substring(0, 80) + "\r\n  " + text.substring(80) + "\n";

    assertThat(JoinCode.parse(wrapped)).isEqualTo(new Parsed.Valid(code));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "bhk_abc", "hello", "bhj_AAAA", "bhjx_AAAA", "https://server.example"})
  void parse_saysNotAJoinCode(String text) {
    assertThat(JoinCode.parse(text)).isEqualTo(new Parsed.Invalid(Fault.NOT_A_JOIN_CODE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bhj1_", "bhj1_!!!!", "bhj1_AQ", "bhj1_AQGS8MGis3xNjl9gcYKT"})
  void parse_saysDamaged(String text) {
    assertThat(JoinCode.parse(text)).isEqualTo(new Parsed.Invalid(Fault.DAMAGED));
  }

  @Test
  void parse_saysDamaged_whenFarTooLong() {
    assertThat(JoinCode.parse("bhj1_" + "A".repeat(100_000)))
        .isEqualTo(new Parsed.Invalid(Fault.DAMAGED));
  }

  @Test
  void parse_saysNewer_forAnotherPrefixOrVersionByte() {
    byte[] body = body(randomCode(new Random(9)));
    body[0] = 2;

    assertThat(JoinCode.parse(withCheck(body))).isEqualTo(new Parsed.Invalid(Fault.NEWER_VERSION));
    assertThat(JoinCode.parse("bhj2_AAAA")).isEqualTo(new Parsed.Invalid(Fault.NEWER_VERSION));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"host", "host:0", "host:65536", ":7443", "a b:7443", "::1:7443", "[::1]", "h:+1"})
  void parse_saysBadAddress(String address) {
    byte[] fixed = Arrays.copyOf(body(randomCode(new Random(10))), 129);
    byte[] text = address.getBytes(StandardCharsets.UTF_8);
    byte[] body = Arrays.copyOf(fixed, fixed.length + 2 + text.length);
    body[129] = 1;
    body[130] = (byte) text.length;
    System.arraycopy(text, 0, body, 131, text.length);

    assertThat(JoinCode.parse(withCheck(body))).isEqualTo(new Parsed.Invalid(Fault.BAD_ADDRESS));
  }

  @Test
  void parse_saysDamaged_forBytesAfterTheAddresses() {
    byte[] body = body(randomCode(new Random(11)));

    assertThat(JoinCode.parse(withCheck(Arrays.copyOf(body, body.length + 1))))
        .isEqualTo(new Parsed.Invalid(Fault.DAMAGED));
  }

  @Test
  void toString_hidesTheSecret() {
    JoinCode code = randomCode(new Random(12));

    assertThat(code.toString())
        .contains("***")
        .doesNotContain(HEX.formatHex(code.secret().reveal()));
  }

  @Test
  void create_refusesNoAddressAndNine() {
    JoinCode code = randomCode(new Random(13));
    List<LinkAddress> nine = java.util.Collections.nCopies(9, new LinkAddress("a", 1));

    for (List<LinkAddress> addresses : List.of(List.<LinkAddress>of(), nine)) {
      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  new JoinCode(
                      1,
                      code.tenant(),
                      code.authority(),
                      code.roster(),
                      code.secret(),
                      code.joinId(),
                      addresses));
    }
  }

  private static JoinCode randomCode(Random random) {
    List<LinkAddress> all =
        List.of(
            new LinkAddress("127.0.0.1", 7443),
            new LinkAddress("::1", 1),
            new LinkAddress("a".repeat(200), 65_535),
            new LinkAddress("server-1.example", 443));
    return new JoinCode(
        1,
        new UUID(random.nextLong(), random.nextLong()),
        Sha256.of(bytes(random)),
        Sha256.of(bytes(random)),
        Secret.of(bytes(random)),
        new UUID(random.nextLong(), random.nextLong()),
        all.subList(0, 1 + random.nextInt(all.size())));
  }

  private static byte[] bytes(Random random) {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] body(JoinCode code) {
    byte[] all = Base64.getUrlDecoder().decode(code.encode().substring(5));
    return Arrays.copyOf(all, all.length - 4);
  }

  private static String withCheck(byte[] body) {
    byte[] all = Arrays.copyOf(body, body.length + 4);
    System.arraycopy(Sha256.digest(body).bytes(), 0, all, body.length, 4);
    return "bhj1_" + Base64.getUrlEncoder().withoutPadding().encodeToString(all);
  }

  private static JoinCode valid(String text) {
    return switch (JoinCode.parse(text)) {
      case Parsed.Valid(JoinCode code) -> code;
      case Parsed.Invalid(Fault fault) -> throw new AssertionError(fault);
    };
  }

  private static String vector() throws IOException {
    try (InputStream in = JoinCodeTest.class.getResourceAsStream("/join-code-vector.json")) {
      assertThat(in).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String field(String json, String name) {
    Matcher matcher = Pattern.compile("\"" + name + "\": \"([^\"]*)\"").matcher(json);
    assertThat(matcher.find()).as(name).isTrue();
    return matcher.group(1);
  }
}
