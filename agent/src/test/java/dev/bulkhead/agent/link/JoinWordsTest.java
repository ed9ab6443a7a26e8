package dev.bulkhead.agent.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class JoinWordsTest {

  private static final Pattern WORDS =
      Pattern.compile("title: \"([^\"]+)\",\\s*remedy:\\s*\"([^\"]+)\"");

  @Test
  void failures_haveTheWordsOfThePageThatShowsTheCode() throws IOException {
    List<String> spoken =
        Stream.concat(
                Arrays.stream(LinkFailure.values()).map(f -> f.explanation() + ": " + f.remedy()),
                Arrays.stream(JoinRefusal.values()).map(r -> r.explanation + ": " + r.remedy))
            .toList();
    // A terminal may know no typographic apostrophe.
    String page = Files.readString(Path.of("../web/src/join/causes.ts")).replace('’', '\'');
    List<MatchResult> words = WORDS.matcher(page).results().toList();

    assertThat(words).hasSize(8);
    for (MatchResult word : words) {
      assertThat(spoken).anyMatch(line -> line.startsWith(word.group(1) + ": " + word.group(2)));
    }
  }
}
