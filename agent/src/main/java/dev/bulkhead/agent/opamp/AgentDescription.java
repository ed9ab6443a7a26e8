package dev.bulkhead.agent.opamp;

/// What the agent says about itself in its first message.
///
/// @param hostName `host.name`
/// @param osType `os.type`, for example `linux`
/// @param osDescription `os.description`, for example `Debian GNU/Linux 12 (bookworm)`
/// @param kernel `os.build_id`: the kernel's release
/// @param architecture `host.arch`
/// @param version `service.version`
public record AgentDescription(
    String hostName,
    String osType,
    String osDescription,
    String kernel,
    String architecture,
    String version) {

  static final String SERVICE_NAME = "bulkhead-agent";
}
