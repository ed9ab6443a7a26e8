package dev.bulkhead.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulkhead.agent.otlp.OtlpEncoder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FiguresTest {

  private static final Programs PROGRAMS = new Programs(Path.of("/clone"));

  @Test
  void takesPercentiles_ofWhatWasMeasured() {
    Latencies latencies = new Latencies();
    for (int i = 2000; i > 0; i--) {
      latencies.add(i);
    }

    assertThat(latencies.percentile(0.5)).isEqualTo(1000);
    assertThat(latencies.percentile(0.99)).isEqualTo(1980);
    assertThat(latencies.percentile(1)).isEqualTo(2000);
    assertThat(new Latencies().percentile(0.5)).isZero();
  }

  // RFC 6238, appendix B, of whose eight digits an app shows the last six.
  @Test
  void makesTheCode_ofTheRfcsVectors() {
    String secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    assertThat(Totp.code(secret, Instant.ofEpochSecond(59))).isEqualTo("287082");
    assertThat(Totp.code(secret, Instant.ofEpochSecond(1_111_111_109))).isEqualTo("081804");
    assertThat(Totp.code(secret, Instant.ofEpochSecond(20_000_000_000L))).isEqualTo("353130");
  }

  @Test
  void readsItsOwnProcess() throws IOException {
    ProcessFigures figures = ProcessFigures.read(ProcessHandle.current().pid());

    assertThat(figures.residentKib()).isBetween(10_000L, 4_000_000L);
    assertThat(figures.proportionalKib()).isBetween(10_000L, figures.residentKib());
    assertThat(figures.cpu()).isGreaterThan(Duration.ofMillis(100));
    assertThat(figures.threads()).isGreaterThan(2);
  }

  @Test
  void simulatesAsManyValues_asItSays() {
    OtlpEncoder encoder = new OtlpEncoder("id", "name");

    encoder.begin(1, 0);
    new SyntheticHost(new Random(1)).sample(encoder);

    assertThat(encoder.values()).isEqualTo(SyntheticHost.VALUES);
  }

  @Test
  void measuresEverything_unlessTold() {
    assertThat(Options.parse(List.of(), PROGRAMS).names())
        .containsExactly("first-chart", "footprint", "thousand");
    assertThat(Options.parse(List.of("thousand", "--agents", "50"), PROGRAMS))
        .extracting(Options::names, Options::agents)
        .containsExactly(List.of("thousand"), 50);
    assertThatThrownBy(() -> Options.parse(List.of("--agents"), PROGRAMS))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Options.parse(List.of("faster"), PROGRAMS))
        .hasMessageContaining("faster");
  }

  @Test
  void writesMarkdown_withMomentAndMachine() {
    Machine machine =
        new Machine(Instant.EPOCH, "abc", 2, "a processor", 1024, "6.1", "25", "1 1 1");

    String text =
        new Table("Title", "what", "measured").row("a", "b").note("So.").toMarkdown(machine);

    assertThat(text)
        .isEqualTo(
            """
            ## Title

            1970-01-01T00:00:00Z · commit abc · 2 cores of a processor · 1024 MiB · Linux 6.1 · Java 25 · load averages at the end 1 1 1

            | what | measured |
            | --- | --- |
            | a | b |

            So.
            """);
  }
}
