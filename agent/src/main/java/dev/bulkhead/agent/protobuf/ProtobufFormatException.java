package dev.bulkhead.agent.protobuf;

import java.io.IOException;

/// Bytes that are not protobuf.
public final class ProtobufFormatException extends IOException {

  ProtobufFormatException(String message) {
    super(message);
  }
}
