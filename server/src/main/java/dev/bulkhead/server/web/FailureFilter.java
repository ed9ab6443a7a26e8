package dev.bulkhead.server.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/// Answers what fails in a filter, before a controller is reached and its mapper could speak: the
/// look-up of a session while the database is away, above all. Jetty's own page would show the
/// stack.
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class FailureFilter extends OncePerRequestFilter {
  private static final Logger LOG = LoggerFactory.getLogger(FailureFilter.class);

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    try {
      chain.doFilter(request, response);
    } catch (DataAccessResourceFailureException away) {
      LOG.atWarn()
          .setMessage("the database is away")
          .addKeyValue("method", request.getMethod())
          .addKeyValue("path", request.getRequestURI())
          .addKeyValue("reason", away.getMessage())
          .log();
      response.setHeader("Retry-After", ProblemMapper.RETRY_SECONDS);
      answer(response, ProblemType.UNAVAILABLE, ProblemMapper.DATABASE_AWAY, away);
    } catch (RuntimeException | ServletException failure) {
      // The boundary: whatever was not foreseen is logged with its cause and answered without it.
      LOG.atError()
          .setMessage("request failed")
          .addKeyValue("method", request.getMethod())
          .addKeyValue("path", request.getRequestURI())
          .setCause(failure)
          .log();
      answer(response, ProblemType.INTERNAL, ProblemMapper.IN_THE_LOG, failure);
    }
  }

  private static void answer(
      HttpServletResponse response, ProblemType type, String detail, Exception cause)
      throws IOException {
    if (response.isCommitted()) {
      // Half an answer is on its way: only a broken connection tells that it is no whole one.
      throw new IOException("the answer had begun", cause);
    }
    response.resetBuffer();
    response.setStatus(type.status());
    response.setContentType(ProblemWriter.CONTENT_TYPE);
    response.getOutputStream().write(ProblemWriter.body(type, detail));
  }
}
