/// Measures the assembled programs as a user meets them, and prints what it found as Markdown.
@NullMarked
package dev.bulkhead.bench;

import org.jspecify.annotations.NullMarked;
