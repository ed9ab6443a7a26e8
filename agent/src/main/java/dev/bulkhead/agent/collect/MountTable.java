package dev.bulkhead.agent.collect;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The file systems with storage behind them, from `/proc/self/mountinfo`.
final class MountTable {

  private static final int MAX_MOUNTS = 64;
  private static final Set<String> PSEUDO =
      Set.of(
          "autofs",
          "binfmt_misc",
          "bpf",
          "cgroup",
          "cgroup2",
          "configfs",
          "debugfs",
          "devpts",
          "devtmpfs",
          "efivarfs",
          "erofs",
          "fusectl",
          "hugetlbfs",
          "iso9660",
          "mqueue",
          "nfsd",
          "nsfs",
          "proc",
          "pstore",
          "ramfs",
          "rootfs",
          "rpc_pipefs",
          "securityfs",
          "selinuxfs",
          "squashfs",
          "sysfs",
          "tmpfs",
          "tracefs",
          "zonefs");

  /// A mounted file system.
  record Mount(String device, String mountpoint, String type) {}

  private MountTable() {}

  /// One mount per device: the one with the shortest path.
  static List<Mount> read(ByteScanner scanner) {
    Map<String, Mount> byDevice = new HashMap<>();
    List<String> order = new ArrayList<>();
    while (scanner.nextLine() && order.size() < MAX_MOUNTS) {
      scanner.skipWords(2);
      String number = scanner.word();
      scanner.skipWords(1);
      String mountpoint = unescape(scanner.word());
      scanner.skipWords(1);
      skipOptionalFields(scanner);
      String type = scanner.word();
      String source = unescape(scanner.word());
      if (source.isEmpty() || !isReal(type, mountpoint)) {
        continue;
      }
      String key = source.startsWith("/dev/") ? source : number;
      Mount mount = new Mount(source, mountpoint, type);
      Mount other = byDevice.get(key);
      if (other == null) {
        order.add(key);
      }
      if (other == null || mountpoint.length() < other.mountpoint().length()) {
        byDevice.put(key, mount);
      }
    }
    List<Mount> mounts = new ArrayList<>(order.size());
    for (String key : order) {
      Mount mount = byDevice.get(key);
      if (mount != null) {
        mounts.add(mount);
      }
    }
    return mounts;
  }

  private static boolean isReal(String type, String mountpoint) {
    if (type.equals("overlay")) {
      // Containers' layers lie on a file system that is listed; only as a root is it all there is.
      return mountpoint.equals("/");
    }
    return !PSEUDO.contains(type) && (!type.startsWith("fuse.") || type.equals("fuse.sshfs"));
  }

  private static void skipOptionalFields(ByteScanner scanner) {
    String word = scanner.word();
    while (!word.equals("-") && !word.isEmpty()) {
      word = scanner.word();
    }
  }

  /// Blanks, tabs, line ends and backslashes stand as three octal digits.
  static String unescape(String text) {
    if (text.indexOf('\\') < 0) {
      return text;
    }
    byte[] in = text.getBytes(StandardCharsets.UTF_8);
    byte[] out = new byte[in.length];
    int length = 0;
    for (int i = 0; i < in.length; i++) {
      if (in[i] == '\\' && i + 3 < in.length && isOctal(in, i + 1)) {
        out[length++] =
            (byte) (((in[i + 1] - '0') << 6) | ((in[i + 2] - '0') << 3) | (in[i + 3] - '0'));
        i += 3;
      } else {
        out[length++] = in[i];
      }
    }
    return new String(out, 0, length, StandardCharsets.UTF_8);
  }

  private static boolean isOctal(byte[] in, int from) {
    for (int i = from; i < from + 3; i++) {
      if (in[i] < '0' || in[i] > '7') {
        return false;
      }
    }
    return true;
  }
}
