/// How a host comes in: the certificate authority of the agent link, join codes, enrolment and
/// renewal.
@NullMarked
package dev.bulkhead.server.enrolment;

import org.jspecify.annotations.NullMarked;
