package dev.bulkhead.agent.collect;

import java.util.Arrays;

/// What tells the series of one metric apart; made once per device and kept.
///
/// Immutable. Values are strings, but for one integer kind that the conventions ask for.
public final class Attributes {

  /// None: the series is that of the whole host.
  public static final Attributes NONE = new Attributes(new String[0], -1);

  private static final String LOGICAL_CPU = "cpu.logical_number";

  private final String[] keysAndValues;
  private final long number;

  private Attributes(String[] keysAndValues, long number) {
    this.keysAndValues = keysAndValues;
    this.number = number;
  }

  /// Keys and values in turn.
  ///
  /// @throws IllegalArgumentException for an odd number of them
  public static Attributes of(String... keysAndValues) {
    if (keysAndValues.length % 2 != 0) {
      throw new IllegalArgumentException("a key without a value");
    }
    return new Attributes(keysAndValues.clone(), -1);
  }

  /// `cpu.logical_number`, which is an integer.
  public static Attributes ofCpu(int number) {
    return new Attributes(new String[] {LOGICAL_CPU, Integer.toString(number)}, number);
  }

  /// How many there are.
  public int size() {
    return keysAndValues.length / 2;
  }

  /// The key of the attribute at `index`.
  public String key(int index) {
    return keysAndValues[2 * index];
  }

  /// The value of the attribute at `index`, as text.
  public String value(int index) {
    return keysAndValues[2 * index + 1];
  }

  /// Whether the one value is an integer.
  public boolean isNumber() {
    return number >= 0;
  }

  /// That integer.
  public long number() {
    return number;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Attributes that && Arrays.equals(keysAndValues, that.keysAndValues);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(keysAndValues);
  }

  @Override
  public String toString() {
    return Arrays.toString(keysAndValues);
  }
}
