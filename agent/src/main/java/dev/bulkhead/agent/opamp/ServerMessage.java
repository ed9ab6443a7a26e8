package dev.bulkhead.agent.opamp;

import dev.bulkhead.agent.protobuf.ProtobufFormatException;
import dev.bulkhead.agent.protobuf.ProtobufReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the agent takes from a `ServerToAgent` message.
///
/// Remote configuration, connection settings, packages, a new instance uid and commands are counted
/// and otherwise ignored: nothing that arrives unsigned may command the agent or move it elsewhere.
///
/// @param reportFullState the server asks for the description again
/// @param error what the server objects to; null when it does not
/// @param customMessages in the order in which they came
/// @param ignored how many parts were there that the agent takes from nobody
public record ServerMessage(
    boolean reportFullState,
    @Nullable String error,
    List<CustomMessage> customMessages,
    int ignored) {

  private static final int MAX_CUSTOM_MESSAGES = 16;
  private static final int MAX_ERROR = 200;

  /// Copies the list.
  public ServerMessage {
    customMessages = List.copyOf(customMessages);
  }

  /// Decodes the message after the leading zero byte.
  ///
  /// @throws ProtobufFormatException when it is malformed
  public static ServerMessage decode(byte[] bytes, int offset, int length)
      throws ProtobufFormatException {
    ProtobufReader in = new ProtobufReader(bytes, offset, length);
    boolean reportFullState = false;
    String error = null;
    List<CustomMessage> custom = new ArrayList<>(1);
    int ignored = 0;
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 2 -> error = errorText(in.message());
        case 6 -> reportFullState = (in.uint() & 1) != 0;
        case 3, 4, 5, 8, 9 -> {
          ignored++;
          in.skip();
        }
        case 11 -> {
          if (custom.size() < MAX_CUSTOM_MESSAGES) {
            custom.add(CustomMessage.decode(in.message()));
          } else {
            in.skip();
          }
        }
        default -> in.skip();
      }
    }
    return new ServerMessage(reportFullState, error, custom, ignored);
  }

  private static String errorText(ProtobufReader in) throws ProtobufFormatException {
    String text = "";
    for (int field = in.next(); field != 0; field = in.next()) {
      if (field == 2) {
        text = in.string();
      } else {
        in.skip();
      }
    }
    return text.length() > MAX_ERROR ? text.substring(0, MAX_ERROR) : text;
  }
}
