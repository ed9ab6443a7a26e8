package dev.bulkhead.cli.client;

import dev.bulkhead.cli.CommandFailure;
import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// A server elsewhere, by an API token in a file.
///
/// @param address `https://…`, or `http://` to this machine itself
record RemoteDoor(URI address, TokenFile file) implements Door {

  /// Reads an address as a person gives it.
  ///
  /// @throws CommandFailure when a token must not be sent there
  static RemoteDoor of(String address, TokenFile file) {
    URI uri;
    try {
      uri = URI.create(address.strip());
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(notAnAddress(address), e);
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    String host = uri.getHost();
    boolean bare =
        uri.getRawUserInfo() == null
            && uri.getRawQuery() == null
            && uri.getRawFragment() == null
            && (uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"));
    if (host == null || !bare || !(scheme.equals("https") || scheme.equals("http"))) {
      throw new CommandFailure(notAnAddress(address));
    }
    if (scheme.equals("http") && !isThisMachine(host)) {
      throw new CommandFailure(
          "A token is not sent over plain http to " + host + ".\nUse https://" + host);
    }
    return new RemoteDoor(
        URI.create(scheme + "://" + host + (uri.getPort() < 0 ? "" : ":" + uri.getPort())), file);
  }

  @Override
  public String url() {
    return address.toString();
  }

  @Override
  public String token() {
    return file.read();
  }

  @Override
  public ServerUnreachable unreachable(Exception cause) {
    @Nullable SSLException tls = tls(cause);
    return new ServerUnreachable(
        tls == null
            ? "No server answers at " + url() + ".\nIs the address right, and the server running?"
            : "The server at "
                + url()
                + " does not prove who it is: "
                + tls.getMessage()
                + "\nIf its certificate is from an authority of your own, name that: --ca FILE",
        cause);
  }

  @Override
  public String refusedToken() {
    return "The server at "
        + url()
        + " does not take the token in "
        + file.path()
        + ".\nIt may be disabled, expired, removed, or bound to other networks than this one.";
  }

  private static @Nullable SSLException tls(Exception failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SSLException found) {
        return found;
      }
    }
    return null;
  }

  private static boolean isThisMachine(String host) {
    if (host.equalsIgnoreCase("localhost")) {
      return true;
    }
    try {
      return InetAddress.ofLiteral(host.replaceAll("[\\[\\]]", "")).isLoopbackAddress();
    } catch (IllegalArgumentException name) {
      // A name may lead to this machine today and elsewhere tomorrow.
      return false;
    }
  }

  private static String notAnAddress(String text) {
    return "This is no address of a server: " + text + "\nGive it like https://bulkhead.example";
  }
}
