package dev.bulkhead.agent.opamp;

import dev.bulkhead.agent.protobuf.ProtobufFormatException;
import dev.bulkhead.agent.protobuf.ProtobufReader;

/// A message of a capability that both sides announced.
public final class CustomMessage {

  private final String capability;
  private final String type;
  private final byte[] data;

  private CustomMessage(String capability, String type, byte[] data) {
    this.capability = capability;
    this.type = type;
    this.data = data;
  }

  static CustomMessage decode(ProtobufReader in) throws ProtobufFormatException {
    String capability = "";
    String type = "";
    byte[] data = {};
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> capability = in.string();
        case 2 -> type = in.string();
        case 3 -> data = in.bytes();
        default -> in.skip();
      }
    }
    return new CustomMessage(capability, type, data);
  }

  /// The capability's name.
  public String capability() {
    return capability;
  }

  /// The type within the capability.
  public String type() {
    return type;
  }

  /// A copy of the content.
  public byte[] data() {
    return data.clone();
  }
}
