package dev.bulkhead.cli.hosts;

/// Answers of a real server, shortened.
final class Recorded {

  static final String ID = "435b0435-92d9-4824-abeb-4be920d914a5";

  static final String PROCESSES =
      """
      {"at":"2026-11-20T22:44:19.846Z","items":[
      {"pid":21642,"name":"java","user":"root","cpu":0.3597,"memoryBytes":142778368,"threads":19,"state":"S","startedAt":"2026-11-20T22:44:17.260Z"}]}""";

  static final String SAMPLE =
      """
      {"host":"435b0435-92d9-4824-abeb-4be920d914a5","at":%d,"metrics":[
      {"name":"bulkhead.network.io.rate","attributes":{"network.interface.name":"eth0","network.io.direction":"transmit"},"value":20.0},
      {"name":"bulkhead.network.io.rate","attributes":{"network.interface.name":"eth0","network.io.direction":"receive"},"value":1048576.0},
      {"name":"bulkhead.disk.io.rate","attributes":{"disk.io.direction":"write","system.device":"vda"},"value":434446.1},
      {"name":"bulkhead.disk.io.rate","attributes":{"disk.io.direction":"read","system.device":"vda"},"value":1.2348627E7},
      {"name":"system.filesystem.usage","attributes":{"system.device":"/dev/vda1","system.filesystem.mountpoint":"/","system.filesystem.type":"ext4","system.filesystem.state":"used"},"value":3.0E10},
      {"name":"system.filesystem.usage","attributes":{"system.device":"/dev/vda1","system.filesystem.mountpoint":"/","system.filesystem.type":"ext4","system.filesystem.state":"free"},"value":1.0E10},
      {"name":"system.memory.utilization","attributes":{},"value":0.25},
      {"name":"system.memory.limit","attributes":{},"value":2.5276510208E10},
      {"name":"system.cpu.load_average.1m","attributes":{},"value":14.94},
      {"name":"system.cpu.load_average.5m","attributes":{},"value":11.48},
      {"name":"system.cpu.load_average.15m","attributes":{},"value":7.86},
      {"name":"system.cpu.utilization","attributes":{"cpu.logical_number":"10"},"value":0.5},
      {"name":"system.cpu.utilization","attributes":{"cpu.logical_number":"9"},"value":1.0},
      {"name":"system.cpu.utilization","attributes":{},"value":0.75}]}""";

  private Recorded() {}

  static String host(String id, String name, String hostname, String state) {
    return """
    {"id":"%s","name":"%s","hostname":"%s","state":"%s","stateSince":"2026-11-20T22:44:33.904851433Z",
    "lastSeenAt":"2026-11-20T22:44:33.904851433Z","joinedAt":"2026-11-20T22:43:54.163910Z","kind":"agent",
    "os":"Debian GNU/Linux 12 (bookworm)","kernel":"","architecture":"amd64","agentVersion":"0.1.0","tags":["env:prod"],
    "deviceFingerprint":"jCQDlIPWCSK4Cpnl6y_zPABvIi2Wk3zQKxtNf1ZpAbs","remoteAddress":"127.0.0.1","protectedFromServer":false,
    "mode":"monitor","bootedAt":null,"figures":{"cpu":0.997,"memory":0.1444,"disk":0.2692,"load1":15.54,
    "networkReceive":20.19,"networkTransmit":null,"at":"2026-11-20T22:44:33.901Z"},"spark":{"cpu":[1.0],"memory":[0.16]},
    "counters":{"messagesRefused":0,"identityConflicts":0},"version":1}"""
        .formatted(id, name, hostname, state)
        .replace("\n", "");
  }

  static String page(String cursor, int all, String... hosts) {
    return "{\"items\":[%s],\"nextCursor\":%s,\"totals\":{\"all\":%d,\"late\":0,\"pending\":0,\"up\":%d,\"down\":0}}"
        .formatted(String.join(",", hosts), cursor, all, all);
  }
}
