package dev.bulkhead.server.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeriesTest {

  @Test
  void isTheSame_whateverTheOrderOfAttributes() {
    var forwards = new LinkedHashMap<>(Map.of("a", "1"));
    forwards.put("b", "2");
    var backwards = new LinkedHashMap<>(Map.of("b", "2"));
    backwards.put("a", "1");

    assertThat(new Series("m", "By", forwards)).isEqualTo(new Series("m", "By", backwards));
    assertThat(new Series("m", "By", forwards).key()).isEqualTo("m|By|a=1,b=2");
  }

  @Test
  @DisplayName("two different series never have one key")
  void parsesItsKey_whateverTheValues() {
    var seed = System.nanoTime();
    System.out.println("seed " + seed);
    var random = new Random(seed);
    for (var i = 0; i < 5_000; i++) {
      var attributes = new TreeMap<String, String>();
      for (var n = random.nextInt(4); n > 0; n--) {
        attributes.put("k" + random.nextInt(5), text(random));
      }
      var series =
          new Series("m." + random.nextInt(3), random.nextBoolean() ? "" : "By/s", attributes);

      var parsed = Series.parse(series.key());

      assertThat(parsed.metric()).isEqualTo(series.metric());
      assertThat(parsed.unit()).isEqualTo(series.unit());
      assertThat(parsed.attributes()).isEqualTo(attributes);
    }
  }

  private static String text(Random random) {
    var alphabet = "ab\\|,='\" $é{}";
    var text = new StringBuilder();
    for (var n = random.nextInt(8); n > 0; n--) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1a", "a b", "a|b", "a=b", "é", "a\n"})
  void refusesNames_outsideTheCharset(String name) {
    assertThatThrownBy(() -> new Series(name, "1", Map.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Series("m", "1", Map.of(name, "x")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nb", "\u0000", "\ud800", "x\udc00y"})
  void refusesValues_thatCannotBeShown(String value) {
    assertThatThrownBy(() -> new Series("m", "1", Map.of("k", value)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
