package dev.bulkhead.server.configuration;

/// A setting that the server cannot start with; the message names it and says what to do.
public final class ConfigurationException extends RuntimeException {
  private final String key;
  private final String remedy;

  /// @param key the setting, dotted from the top of the file
  /// @param remedy what to do about it
  public ConfigurationException(String key, String remedy) {
    super(key + ": " + remedy);
    this.key = key;
    this.remedy = remedy;
  }

  public String key() {
    return key;
  }

  public String remedy() {
    return remedy;
  }
}
