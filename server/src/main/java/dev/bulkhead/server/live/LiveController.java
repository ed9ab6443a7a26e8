package dev.bulkhead.server.live;

import dev.bulkhead.server.access.Permission;
import dev.bulkhead.server.access.RequiresPermission;
import dev.bulkhead.server.access.SignedIn;
import dev.bulkhead.server.fleet.Fleet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Live views: `/api/v1/events`, one stream a tab, with the samples of one host when it is named.
@RestController
final class LiveController {
  private final LiveStreams streams;
  private final Fleet fleet;

  LiveController(LiveStreams streams, Fleet fleet) {
    this.streams = streams;
    this.fleet = fleet;
  }

  @GetMapping(path = "/api/v1/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  @RequiresPermission(Permission.HOSTS_READ)
  void events(
      @AuthenticationPrincipal SignedIn who,
      @RequestParam(required = false) @Nullable UUID host,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    streams.serve(
        who,
        request.getRemoteAddr(),
        Optional.ofNullable(host).map(id -> fleet.key(who, id)),
        response);
  }
}
