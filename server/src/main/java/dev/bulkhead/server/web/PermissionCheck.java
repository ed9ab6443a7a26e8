package dev.bulkhead.server.web;

import dev.bulkhead.server.access.Open;
import dev.bulkhead.server.access.Permission;
import dev.bulkhead.server.access.RequiresPermission;
import dev.bulkhead.server.access.RequiresStepUp;
import dev.bulkhead.server.access.Role;
import dev.bulkhead.server.access.SignedIn;
import dev.bulkhead.server.access.StepUps;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springdoc.api.AbstractOpenApiResource;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// The one place where a change or a look is authorised: the permission that stands on the
/// endpoint's method against the role of whoever asks, and then, where the method says so, whether
/// their session proved a factor lately. An endpoint that names no permission answers nobody.
@Configuration(proxyBeanMethods = false)
class PermissionCheck implements WebMvcConfigurer, HandlerInterceptor {
  private final RequestLimits limits;
  private final StepUps stepUps;

  PermissionCheck(RequestLimits limits, StepUps stepUps) {
    this.limits = limits;
    this.stepUps = stepUps;
  }

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(this);
  }

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (!(handler instanceof HandlerMethod method)
        || method.hasMethodAnnotation(Open.class)
        || method.getBeanType().isAnnotationPresent(Open.class)) {
      return true;
    }
    final Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
    if (authentication == null || !(authentication.getPrincipal() instanceof SignedIn who)) {
      throw new ProblemException(ProblemType.UNAUTHENTICATED, "Sign in first.");
    }
    limits.asks(who, request.getMethod());
    final Permission needed =
        required(method)
            .orElseThrow(() -> new ProblemException(ProblemType.FORBIDDEN, "Nobody may do this."));
    if (!who.may(needed)) {
      throw ProblemException.denied(ProblemType.FORBIDDEN, remedy(who, needed), needed.code());
    }
    if (method.hasMethodAnnotation(RequiresStepUp.class)) {
      stepUps
          .missing(who)
          .ifPresent(
              factors -> {
                throw ProblemException.stepUp(factors);
              });
    }
    return true;
  }

  private static String remedy(SignedIn who, Permission needed) {
    if (!who.credential().allows(needed)) {
      return needed.isForTokens()
          ? "This token does not have the scope " + needed.code() + "."
          : "No token may do this: sign in as a person.";
    }
    if (who.role().allows(needed)) {
      return "Your role is about some hosts only, and this concerns the whole tenant.";
    }
    final String roles =
        Role.ofPeople().stream()
            .filter(role -> role.allows(needed))
            .map(Role::code)
            .collect(Collectors.joining(", "));
    return roles.isEmpty()
        ? "Only people who run the installation may do this."
        : "Roles that may: " + roles + ".";
  }

  private static Optional<Permission> required(HandlerMethod method) {
    // The document of the API comes from a library's controller, which cannot carry our annotation.
    if (AbstractOpenApiResource.class.isAssignableFrom(method.getBeanType())) {
      return Optional.of(Permission.API_READ);
    }
    return Optional.ofNullable(method.getMethodAnnotation(RequiresPermission.class))
        .map(RequiresPermission::value);
  }
}
