package dev.bulkhead.agent.link;

/// What a server answers to a join that it does not grant.
enum JoinRefusal {
  EXPIRED(
      "join_expired",
      11,
      "The join code has expired.",
      "Make a new code with 'Add host'; one is good for fifteen minutes."),
  USED(
      "join_used",
      12,
      "The join code has been used.",
      "Make a new code with 'Add host': each is for one host."),
  UNKNOWN(
      "join_unknown",
      13,
      "The server does not know this join code.",
      "Make a new code with 'Add host' on this very server."),
  CLOCK_OFF(
      "clock_skew",
      15,
      "This host's clock and the server's are too far apart.",
      "Set the clock (timedatectl set-ntp true) and try again."),
  RATE_LIMITED(
      "rate_limited", 20, "Too many tries from this address.", "Wait a minute and try again."),
  REFUSED("refused", 21, "The server refused the request.", "See the server's log.");

  final String code;
  final int exitCode;
  final String explanation;
  final String remedy;

  JoinRefusal(String code, int exitCode, String explanation, String remedy) {
    this.code = code;
    this.exitCode = exitCode;
    this.explanation = explanation;
    this.remedy = remedy;
  }

  static JoinRefusal of(String problemCode) {
    for (JoinRefusal refusal : values()) {
      if (refusal.code.equals(problemCode)) {
        return refusal;
      }
    }
    return REFUSED;
  }
}
