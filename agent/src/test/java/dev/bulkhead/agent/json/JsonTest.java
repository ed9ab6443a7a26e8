package dev.bulkhead.agent.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

  @Test
  void parse_readsEveryKindOfValue() throws JsonFormatException {
    Json parsed = Json.parse(" {\"a\":[1,-2.5e2,true,false,null,\"x\\n\\u00e4\\\"\"],\"b\":{}} ");

    assertThat(parsed)
        .isEqualTo(
            new Json.Obj(
                Map.of(
                    "a",
                    new Json.Arr(
                        List.of(
                            new Json.Num(1),
                            new Json.Num(-250),
                            new Json.Bool(true),
                            new Json.Bool(false),
                            new Json.Null(),
                            new Json.Str("x\nä\""))),
                    "b",
                    new Json.Obj(Map.of()))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[1,]",
        "{\"a\":1,}",
        "{\"a\":1,\"a\":2}",
        "01",
        "1.",
        "+1",
        "NaN",
        "nul",
        "\"\\x\"",
        "\"\u0001\"",
        "\"\\u12g4\"",
        "\"open",
        "1 2",
        "[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]"
      })
  void parse_refusesAnythingElse(String text) {
    assertThatExceptionOfType(JsonFormatException.class).isThrownBy(() -> Json.parse(text));
  }

  @Test
  void parse_refusesLongText() {
    assertThatExceptionOfType(JsonFormatException.class)
        .isThrownBy(() -> Json.parse(" ".repeat(70_000)));
  }

  @Test
  void parse_returnsWhatWasWritten_forAnyText() throws JsonFormatException {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < 500; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(20); n > 0; n--) {
        text.append((char) random.nextInt(0x10000));
      }
      String json = new JsonWriter().beginArray().value(text.toString()).value(7).endArray() + "";

      assertThat(Json.parse(json))
          .as("seed %d", seed)
          .isEqualTo(new Json.Arr(List.of(new Json.Str(text.toString()), new Json.Num(7))));
    }
  }

  @Test
  void write_separatesMembers() {
    String json =
        new JsonWriter()
            .beginObject()
            .member("a", List.of("x", "y"))
            .name("b")
            .value(0.12345)
            .name("c")
            .beginObject()
            .endObject()
            .endObject()
            .toString();

    assertThat(json).isEqualTo("{\"a\":[\"x\",\"y\"],\"b\":0.1235,\"c\":{}}");
  }
}
