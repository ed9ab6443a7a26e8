package dev.bulkhead.server.web;

import dev.bulkhead.server.access.Open;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// The web application: its one HTML page under every address that it routes by itself, and its
/// files. Files under `/assets/` carry the hash of their content in their names and never change.
@Open
@RestController
final class Pages implements WebMvcConfigurer {
  private static final String ROOT = "classpath:/web/";
  private static final Duration FOREVER = Duration.ofDays(365);

  private final byte[] index = read();
  private final String etag = '"' + digest(index) + '"';

  @Override
  public void addResourceHandlers(ResourceHandlerRegistry registry) {
    registry
        .addResourceHandler("/assets/**")
        .addResourceLocations(ROOT + "assets/")
        .setCacheControl(CacheControl.maxAge(FOREVER).cachePublic().immutable());
    registry
        .addResourceHandler("/*.svg", "/*.js", "/*.png", "/*.ico", "/*.webmanifest", "/robots.txt")
        .addResourceLocations(ROOT)
        .setCacheControl(CacheControl.noCache());
  }

  @GetMapping(
      value = {
        "/",
        "/setup",
        "/sign-in",
        "/invitation",
        "/account",
        "/hosts",
        "/hosts/{id}",
        "/people",
        "/tenant",
        "/tenants",
        "/tokens"
      },
      produces = MediaType.TEXT_HTML_VALUE)
  ResponseEntity<byte[]> index(
      @RequestHeader(name = HttpHeaders.IF_NONE_MATCH, required = false) @Nullable String known) {
    if (etag.equals(known)) {
      return ResponseEntity.status(HttpStatus.NOT_MODIFIED)
          .eTag(etag)
          .cacheControl(CacheControl.noCache())
          .build();
    }
    return ResponseEntity.ok()
        .eTag(etag)
        .cacheControl(CacheControl.noCache())
        .contentType(MediaType.TEXT_HTML)
        .body(index);
  }

  /// The page for an address that nothing answers to: the application itself says so.
  ResponseEntity<byte[]> notFound() {
    return ResponseEntity.status(HttpStatus.NOT_FOUND).contentType(MediaType.TEXT_HTML).body(index);
  }

  private static byte[] read() {
    try (InputStream page = Pages.class.getResourceAsStream("/web/index.html")) {
      if (page == null) {
        throw new IllegalStateException("the web application is missing from the build");
      }
      return page.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String digest(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content), 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is not available", e);
    }
  }
}
