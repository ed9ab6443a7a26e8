package dev.bulkhead.server.telemetry;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;

/// Counts the messages inside a metrics request before any of them is made: two bytes of input make
/// an empty one, which takes fifty times as much memory.
final class OtlpParts {
  // Resource, scope, metric, its data, data points: field numbers by depth.
  private static final int[][] PATH = {{1}, {1, 2}, {2}, {5, 7, 9, 10, 11}, {1}};

  private final int most;
  private int seen;

  private OtlpParts(int most) {
    this.most = most;
  }

  /// Whether a request holds at most so many.
  ///
  /// @throws IOException when it is no protobuf
  static boolean areAtMost(int most, byte[] request) throws IOException {
    final OtlpParts parts = new OtlpParts(most);
    return parts.count(CodedInputStream.newInstance(request), 0);
  }

  private boolean count(CodedInputStream input, int depth) throws IOException {
    for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
      if (WireFormat.getTagWireType(tag) != WireFormat.WIRETYPE_LENGTH_DELIMITED) {
        input.skipField(tag);
        continue;
      }
      if (++seen > most) {
        return false;
      }
      if (leadsOn(depth, WireFormat.getTagFieldNumber(tag))) {
        final int outer = input.pushLimit(input.readRawVarint32());
        if (!count(input, depth + 1)) {
          return false;
        }
        input.popLimit(outer);
      } else {
        input.skipField(tag);
      }
    }
    return true;
  }

  private static boolean leadsOn(int depth, int field) {
    if (depth >= PATH.length) {
      return false;
    }
    for (int one : PATH[depth]) {
      if (one == field) {
        return true;
      }
    }
    return false;
  }
}
