package dev.bulkhead.agent.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {

  private static final SpoolLimits SMALL =
      new SpoolLimits(8 * 1024, Duration.ofHours(24), 1024, 4 * 1024);

  @TempDir Path directory;
  private long nanos = 1;
  private final FillableDisk disk = new FillableDisk();

  /// A disk that is full when a test says so, in the middle of a record if there is room for it.
  private static final class FillableDisk implements SpoolDisk {
    boolean full;

    @Override
    public FileChannel open(Path file) throws IOException {
      return SpoolDisk.REAL.open(file);
    }

    @Override
    public void write(FileChannel channel, ByteBuffer bytes, long position) throws IOException {
      if (full) {
        ByteBuffer half = bytes.slice(0, bytes.remaining() / 2);
        SpoolDisk.REAL.write(channel, half, position);
        throw new IOException("No space left on device");
      }
      SpoolDisk.REAL.write(channel, bytes, position);
    }
  }

  private Spool open() {
    return Spool.open(directory.resolve("spool"), SMALL, disk, () -> nanos);
  }

  private static byte[] sample(int number) {
    return ("sample " + number + " " + "x".repeat(80)).getBytes(StandardCharsets.UTF_8);
  }

  private static void append(Spool spool, int from, int to) {
    for (int i = from; i <= to; i++) {
      spool.append(sample(i));
    }
  }

  private static List<Integer> numbers(SpoolReader reader) {
    List<Integer> numbers = new ArrayList<>();
    for (SpoolRecord record = reader.next(); record != null; record = reader.next()) {
      String text = new String(record.data(), StandardCharsets.UTF_8);
      numbers.add(Integer.parseInt(text.split(" ", -1)[1]));
    }
    return numbers;
  }

  private static List<Integer> upTo(int from, int to) {
    return Stream.iterate(from, i -> i <= to, i -> i + 1).toList();
  }

  private List<Path> segments() throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("spool"))) {
      return files.filter(f -> f.toString().endsWith(".spool")).sorted().toList();
    }
  }

  @Test
  void next_returnsEverySampleInOrder_acrossSegments_andLater() {
    Spool spool = open();
    append(spool, 1, 20);
    SpoolReader reader = spool.reader();

    assertThat(numbers(reader)).isEqualTo(upTo(1, 20));
    assertThat(reader.next()).isNull();
    append(spool, 21, 45);
    assertThat(numbers(reader)).isEqualTo(upTo(21, 45));
  }

  @Test
  void open_findsWhatAKilledProcessLeft_andNeverUsesASequenceTwice() {
    Spool killed = open();
    append(killed, 1, 25);
    killed.acknowledge(killed.epoch(), 3);

    Spool spool = open();
    long next = spool.append(sample(26));

    assertThat(spool.epoch()).isEqualTo(killed.epoch());
    assertThat(next).isGreaterThan(25);
    assertThat(numbers(spool.reader())).isEqualTo(upTo(4, 26));
  }

  @Test
  void open_goesOnWithTheNextSequence_afterACleanEnd() {
    Spool before = open();
    append(before, 1, 5);
    before.close();

    Spool spool = open();

    assertThat(spool.append(sample(6))).isEqualTo(6);
    assertThat(numbers(spool.reader())).isEqualTo(upTo(1, 6));
  }

  @Test
  void open_leavesOutATornEnd_whereverItWasTorn() throws IOException {
    append(open(), 1, 5);
    Path segment = segments().getFirst();
    byte[] whole = Files.readAllBytes(segment);
    int record = SegmentFormat.RECORD_HEADER + sample(1).length;
    for (int cut = 1; cut <= record; cut++) {
      try (RandomAccessFile file = new RandomAccessFile(segment.toFile(), "rw")) {
        file.setLength(whole.length - cut);
      }

      List<Integer> numbers = numbers(open().reader());

      assertThat(numbers).as("cut %d", cut).isEqualTo(upTo(1, 4));
      Files.write(segment, whole);
    }
  }

  @Test
  void open_leavesOutWhatWasChanged_andKeepsLaterSegments() throws IOException {
    append(open(), 1, 20);
    Path first = segments().getFirst();
    byte[] bytes = Files.readAllBytes(first);
    bytes[SegmentFormat.HEADER + 2 * (SegmentFormat.RECORD_HEADER + sample(1).length) + 30] ^= 1;
    Files.write(first, bytes);

    List<Integer> numbers = numbers(open().reader());

    assertThat(numbers).startsWith(1, 2).endsWith(19, 20).doesNotContain(3, 4);
  }

  @Test
  void open_beginsAnotherEpoch_whenTheDirectoryIsGone() throws IOException {
    Spool before = open();
    append(before, 1, 1);
    for (Path file : segments()) {
      Files.delete(file);
    }
    Files.delete(directory.resolve("spool/acknowledged"));

    assertThat(open().epoch()).isNotEqualTo(before.epoch());
  }

  @Test
  void acknowledge_removesSegments_andIgnoresOtherEpochsAndSequencesNeverGiven()
      throws IOException {
    Spool spool = open();
    append(spool, 1, 40);
    int before = segments().size();

    spool.acknowledge(spool.epoch() + 1, 40);
    spool.acknowledge(spool.epoch(), 41);
    assertThat(segments()).hasSize(before);
    spool.acknowledge(spool.epoch(), 30);

    assertThat(segments().size()).isLessThan(before);
    assertThat(spool.status().acknowledged()).isEqualTo(30);
    assertThat(numbers(spool.reader())).isEqualTo(upTo(31, 40));
    assertThat(numbers(open().reader())).isEqualTo(upTo(31, 40));
  }

  @Test
  void append_dropsTheOldest_whenThereIsTooMuch() {
    Spool spool = open();

    append(spool, 1, 200);

    SpoolStatus status = spool.status();
    List<Integer> numbers = numbers(spool.reader());
    assertThat(status.bytes()).isLessThanOrEqualTo(SMALL.maxBytes());
    assertThat(status.dropped()).isEqualTo(200 - numbers.size()).isPositive();
    assertThat(numbers).isEqualTo(upTo(200 - numbers.size() + 1, 200));
  }

  @Test
  void append_dropsWhatIsTooOld_byTheMonotonicClock() {
    Spool spool = open();
    append(spool, 1, 20);
    nanos += Duration.ofHours(25).toNanos();

    append(spool, 21, 40);

    assertThat(numbers(spool.reader())).contains(40).doesNotContain(1);
    assertThat(spool.status().dropped()).isPositive();
  }

  @Test
  void append_keepsTheNewestInMemory_whileTheDiskIsFull_andWritesThemLater() throws IOException {
    Spool spool = open();
    append(spool, 1, 5);
    disk.full = true;
    append(spool, 6, 20);
    SpoolReader reader = spool.reader();

    assertThat(spool.status().onDisk()).isFalse();
    assertThat(spool.status().lost()).isZero();
    assertThat(numbers(reader)).isEqualTo(upTo(1, 20));
    disk.full = false;
    nanos += Duration.ofSeconds(11).toNanos();
    append(spool, 21, 22);
    spool.acknowledge(spool.epoch(), 1);

    assertThat(spool.status().onDisk()).isTrue();
    assertThat(numbers(reader)).isEqualTo(upTo(21, 22));
    assertThat(numbers(open().reader())).isEqualTo(upTo(2, 22));
  }

  @Test
  void append_countsWhatMemoryCannotKeep() {
    disk.full = true;
    Spool spool = open();

    append(spool, 1, 100);

    List<Integer> numbers = numbers(spool.reader());
    assertThat(spool.status().lost()).isEqualTo(100 - numbers.size()).isPositive();
    assertThat(numbers).isEqualTo(upTo(100 - numbers.size() + 1, 100));
  }

  @Test
  void open_livesInMemory_whenTheDirectoryCannotBeMade() throws IOException {
    Files.writeString(directory.resolve("spool"), "a file where the directory should be");
    Spool spool = open();

    append(spool, 1, 3);

    assertThat(spool.status().onDisk()).isFalse();
    assertThat(numbers(spool.reader())).isEqualTo(upTo(1, 3));
    Files.delete(directory.resolve("spool"));
    nanos += Duration.ofSeconds(11).toNanos();
    append(spool, 4, 4);
    spool.acknowledge(spool.epoch(), 1);
    assertThat(spool.status().onDisk()).isTrue();
    assertThat(numbers(open().reader())).isEqualTo(upTo(2, 4));
  }
}
