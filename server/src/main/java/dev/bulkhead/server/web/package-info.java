/// The edge of the UI and API listener: headers, errors, limits, permissions, static files.
@NullMarked
package dev.bulkhead.server.web;

import org.jspecify.annotations.NullMarked;
