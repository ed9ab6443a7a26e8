package dev.bulkhead.agent.link;

/// What a server answers to a join that it does not grant, in the words of the page that shows the
/// join code (`web/src/join/causes.ts`).
enum JoinRefusal {
  EXPIRED(
      "join_expired",
      11,
      "The code had expired",
      "Make a new code and run the new line within 15 minutes."),
  USED(
      "join_used",
      12,
      "The code had been used already",
      "Each code admits one host. If it was not you, look for an unknown host in the list and"
          + " remove it. Then make a new code."),
  UNKNOWN(
      "join_unknown",
      13,
      "The server refused the host",
      "The code was altered or belongs to another installation. Copy the whole line again."),
  CLOCK_OFF(
      "clock_skew",
      15,
      "The host's clock is wrong",
      "Set it (for example timedatectl set-ntp true), then run the same line again."),
  RATE_LIMITED(
      "rate_limited", 20, "Too many tries from this address", "Wait a minute and try again."),
  BAD_REQUEST(
      "bad_request",
      21,
      "The agent's request could not be read",
      "Agent and server may be of different versions. Update the agent, then run the line again."),
  REFUSED("refused", 21, "The server refused the request", "See the server's log.");

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
