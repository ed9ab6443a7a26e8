package dev.bulkhead.server.identity;

import dev.bulkhead.server.access.SignedIn;
import dev.bulkhead.server.networks.AllowedNetworks;
import dev.bulkhead.server.tokens.ApiTokens;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.csrf.XorCsrfTokenRequestAttributeHandler;

/// Who gets past the door: everything under `/api/` but setup, signing in and accepting an
/// invitation needs a session, every change by a session its CSRF token. Which permission an
/// endpoint needs stands on its method and is checked behind this.
@Configuration(proxyBeanMethods = false)
class SecurityRules {
  private static final String API = "/api/";
  private static final List<String> SAFE = List.of("GET", "HEAD");
  private static final List<String> OPEN =
      List.of("/api/v1/setup", "/api/v1/session/", "/api/v1/invitation/");

  static boolean isOpen(HttpServletRequest request) {
    final String path = request.getRequestURI();
    return !path.startsWith(API)
        || OPEN.stream()
            .anyMatch(
                open ->
                    path.equals(open) || path.startsWith(open.endsWith("/") ? open : open + "/"));
  }

  private static boolean needsCsrfToken(HttpServletRequest request) {
    return request.getRequestURI().startsWith(API)
        && !SAFE.contains(request.getMethod())
        && !isProgram();
  }

  // No page of another site's can send such a token. A mere header could come from a URL's user
  // name.
  private static boolean isProgram() {
    final Authentication found = SecurityContextHolder.getContext().getAuthentication();
    return found != null
        && found.getPrincipal() instanceof SignedIn who
        && who.credential().isProgram();
  }

  @Bean
  SecurityFilterChain door(
      HttpSecurity http,
      Sessions sessions,
      SessionCookies cookies,
      LocalOperator local,
      ApiTokens tokens,
      AllowedNetworks networks,
      Installation installation,
      Refusals refusals) {
    return http.headers(AbstractHttpConfigurer::disable) // the edge sends them, on every answer
        // Sessions are our own rows; its filter would take every request for a fresh sign-in and
        // change the CSRF token each time.
        .sessionManagement(AbstractHttpConfigurer::disable)
        .securityContext(
            context ->
                context.securityContextRepository(new RequestAttributeSecurityContextRepository()))
        .requestCache(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .anonymous(AbstractHttpConfigurer::disable)
        .csrf(
            csrf ->
                csrf.requireCsrfProtectionMatcher(SecurityRules::needsCsrfToken)
                    .csrfTokenRepository(cookies.csrfTokens())
                    .csrfTokenRequestHandler(new XorCsrfTokenRequestAttributeHandler()))
        .addFilterBefore(
            new SessionFilter(sessions, cookies, local, tokens, networks, installation, refusals),
            CsrfFilter.class)
        .exceptionHandling(
            failures ->
                failures
                    .authenticationEntryPoint(
                        (request, response, failure) -> refusals.unauthenticated(response))
                    .accessDeniedHandler(
                        (request, response, failure) -> refusals.denied(request, response)))
        .authorizeHttpRequests(
            requests ->
                requests
                    .dispatcherTypeMatchers(DispatcherType.ASYNC, DispatcherType.ERROR)
                    .permitAll()
                    .requestMatchers(SecurityRules::isOpen)
                    .permitAll()
                    .anyRequest()
                    .authenticated())
        .build();
  }
}
