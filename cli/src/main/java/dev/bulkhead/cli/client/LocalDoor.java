package dev.bulkhead.cli.client;

import dev.bulkhead.cli.up.RunningUp;
import java.net.URI;

/// The server of a `bulkhead up` on this machine, by the token in its state directory.
record LocalDoor(RunningUp up, LocalToken file) implements Door {

  // The address, because a name could lead elsewhere; the server takes both.
  @Override
  public URI address() {
    return URI.create("http://127.0.0.1:" + up.port());
  }

  @Override
  public String url() {
    return "http://localhost:" + up.port();
  }

  @Override
  public String token() {
    return file.read();
  }

  @Override
  public ServerUnreachable unreachable(Exception cause) {
    return new ServerUnreachable(
        "`bulkhead up` runs (process "
            + up.pid()
            + "), but its server does not answer at "
            + url()
            + ".\nTry again in a moment; what `up` prints, and server/log/server.log, say why.",
        cause);
  }

  @Override
  public String refusedToken() {
    return "The server at "
        + url()
        + " does not take the token in "
        + file.file()
        + ".\nIs another program listening there? Try again in a moment, or restart `bulkhead up`.";
  }
}
