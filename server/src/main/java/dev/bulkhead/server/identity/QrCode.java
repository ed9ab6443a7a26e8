package dev.bulkhead.server.identity;

/// A text as a QR code in SVG, for an authenticator app's camera.
final class QrCode {
  // The quiet zone that scanners need (ISO/IEC 18004).
  private static final int BORDER = 4;

  private QrCode() {}

  static String svg(String text) {
    final io.nayuki.qrcodegen.QrCode code =
        io.nayuki.qrcodegen.QrCode.encodeText(text, io.nayuki.qrcodegen.QrCode.Ecc.MEDIUM);
    final int side = code.size + 2 * BORDER;
    final StringBuilder path = new StringBuilder();
    for (int y = 0; y < code.size; y++) {
      for (int x = 0; x < code.size; x++) {
        if (code.getModule(x, y)) {
          path.append("M%d,%dh1v1h-1z".formatted(x + BORDER, y + BORDER));
        }
      }
    }
    return """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %1$d" shape-rendering="crispEdges">\
        <rect width="%1$d" height="%1$d" fill="#fff"/><path d="%2$s" fill="#000"/></svg>"""
        .formatted(side, path);
  }
}
