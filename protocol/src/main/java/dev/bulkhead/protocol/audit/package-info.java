/// The one format of an audit record, its hash chain, and the verifier that finds what was edited,
/// removed or moved.
@NullMarked
package dev.bulkhead.protocol.audit;

import org.jspecify.annotations.NullMarked;
