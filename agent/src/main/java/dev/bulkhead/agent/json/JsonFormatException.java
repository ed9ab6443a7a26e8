package dev.bulkhead.agent.json;

import java.io.IOException;

/// Text that is not the JSON that was expected.
public final class JsonFormatException extends IOException {

  /// With what is wrong; never with the text itself, which may hold a secret.
  public JsonFormatException(String message) {
    super(message);
  }
}
