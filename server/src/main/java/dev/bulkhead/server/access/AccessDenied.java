package dev.bulkhead.server.access;

/// Somebody who is signed in tried what they may not; published as an application event.
///
/// @param reason the permission that lacks, or another code, such as `scope`
/// @param address where the request came from
public record AccessDenied(SignedIn who, String reason, String address) {}
