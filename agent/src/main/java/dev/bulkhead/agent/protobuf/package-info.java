/// A small writer and reader of the protobuf wire format, without a library.
@NullMarked
package dev.bulkhead.agent.protobuf;

import org.jspecify.annotations.NullMarked;
