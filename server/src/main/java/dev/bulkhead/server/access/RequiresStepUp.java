package dev.bulkhead.server.access;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A sensitive endpoint: a session gets through only when it proved a factor lately. Signing in
/// counts. Programs have no factors, and are bound by their scopes alone.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface RequiresStepUp {}
