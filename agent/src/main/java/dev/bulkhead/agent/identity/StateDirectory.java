package dev.bulkhead.agent.identity;

import dev.bulkhead.protocol.Sha256;
import dev.bulkhead.protocol.enrol.DeviceKey;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The agent's directory: 0700, its files 0600, held by one process at a time.
///
/// Files appear whole or not at all: written beside, forced to disk, renamed, and the directory
/// forced too. Not thread-safe, but for reads.
public final class StateDirectory implements Closeable {

  private static final FileAttribute<Set<PosixFilePermission>> OWNER_DIRECTORY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final String DEVICE_KEY = "device.key";
  private static final String IDENTITY = "identity.json";
  private static final long MAX_FILE = 64 * 1024;

  private final Path directory;
  private final @Nullable FileChannel lockFile;
  private final boolean readOnly;

  private StateDirectory(Path directory, @Nullable FileChannel lockFile, boolean readOnly) {
    this.directory = directory;
    this.lockFile = lockFile;
    this.readOnly = readOnly;
  }

  /// Makes the directory if need be, and takes its lock.
  ///
  /// @throws StateInUseException when another process has it
  /// @throws IOException when it cannot be made or used
  public static StateDirectory open(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      Path parent = directory.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      Files.createDirectory(directory, OWNER_DIRECTORY);
    }
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    FileChannel channel =
        FileChannel.open(
            directory.resolve("lock"),
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.READ),
            OWNER_FILE);
    lock(directory, channel, false);
    try {
      byte[] pid = Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8);
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(pid), 0);
    } catch (IOException _) {
      // A full disk: the lock holds all the same, it only cannot say whose it is.
      return new StateDirectory(directory, channel, false);
    }
    return new StateDirectory(directory, channel, false);
  }

  /// The same for an agent that has joined, which can do its work on a read-only file system too.
  ///
  /// There the lock keeps out only those who came before the file system became read-only.
  ///
  /// @throws StateInUseException when another process has it
  /// @throws IOException when it cannot be used
  public static StateDirectory openToRun(Path directory) throws IOException {
    try {
      return open(directory);
    } catch (StateInUseException e) {
      throw e;
    } catch (IOException e) {
      if (Files.isDirectory(directory) && Files.getFileStore(directory).isReadOnly()) {
        return openReadOnly(directory);
      }
      throw e;
    }
  }

  static StateDirectory openReadOnly(Path directory) throws IOException {
    FileChannel channel;
    try {
      channel = FileChannel.open(directory.resolve("lock"), StandardOpenOption.READ);
    } catch (NoSuchFileException _) {
      return new StateDirectory(directory, null, true);
    }
    // A channel that only reads cannot take the whole lock.
    lock(directory, channel, true);
    return new StateDirectory(directory, channel, true);
  }

  private static void lock(Path directory, FileChannel channel, boolean shared) throws IOException {
    FileLock lock;
    try {
      lock = channel.tryLock(0, Long.MAX_VALUE, shared);
    } catch (OverlappingFileLockException _) {
      // This very process has it: the same answer as for another.
      channel.close();
      throw new StateInUseException(directory, "this process");
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    if (lock == null) {
      channel.close();
      throw new StateInUseException(directory, "process " + readPid(directory));
    }
  }

  /// Whether it lies on a read-only file system: nothing can be saved.
  public boolean isReadOnly() {
    return readOnly;
  }

  private static String readPid(Path directory) throws IOException {
    return Files.readString(directory.resolve("lock")).strip();
  }

  /// Whether another process holds the directory's lock now.
  ///
  /// @throws IOException when that cannot be told
  public static boolean isInUse(Path directory) throws IOException {
    try (StateDirectory _ = open(directory)) {
      return false;
    } catch (StateInUseException _) {
      return true;
    }
  }

  /// Where it is.
  public Path path() {
    return directory;
  }

  /// Where the spool lies.
  public Path spool() {
    return directory.resolve("spool");
  }

  /// What joining gave this host; empty before.
  ///
  /// @throws IOException when it cannot be read
  public Optional<HostIdentity> findIdentity() throws IOException {
    return findIdentity(directory);
  }

  /// The same without the lock, for those who only look.
  ///
  /// @throws IOException when it cannot be read
  public static Optional<HostIdentity> findIdentity(Path directory) throws IOException {
    try {
      return Optional.of(HostIdentity.parse(read(directory.resolve(IDENTITY))));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
  }

  /// The key that this host keeps for life; made at the first call.
  ///
  /// @throws IOException when it cannot be read or written
  /// @throws GeneralSecurityException when the file holds no key
  public KeyPair deviceKey() throws IOException, GeneralSecurityException {
    Path file = directory.resolve(DEVICE_KEY);
    if (!Files.exists(file)) {
      write(DEVICE_KEY, EcKeys.encode(EcKeys.generate()));
    }
    return EcKeys.decode(read(file));
  }

  /// The fingerprint of the device key, without the lock; empty before there is one.
  ///
  /// @throws IOException when it cannot be read
  /// @throws GeneralSecurityException when the file holds no key
  public static Optional<Sha256> findFingerprint(Path directory)
      throws IOException, GeneralSecurityException {
    Path file = directory.resolve(DEVICE_KEY);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    return Optional.of(DeviceKey.fingerprint(EcKeys.decode(read(file)).getPublic()));
  }

  /// A key for the next certificate; nothing is kept of it before [#save].
  public KeyPair newTlsKey() throws GeneralSecurityException {
    return EcKeys.generate();
  }

  /// The key of the certificate in use.
  ///
  /// @throws IOException when it cannot be read
  /// @throws GeneralSecurityException when the file holds no key
  public KeyPair tlsKey(HostIdentity identity) throws IOException, GeneralSecurityException {
    return EcKeys.decode(read(directory.resolve(identity.tlsKeyFile())));
  }

  /// A file name for another TLS key.
  public String newTlsKeyFile() {
    byte[] random = new byte[8];
    new SecureRandom().nextBytes(random);
    return "tls-" + HexFormat.of().formatHex(random) + ".key";
  }

  /// Writes the certificate's key, then the identity that names it, then removes older keys: at
  /// every moment certificate and key belong together.
  ///
  /// @throws IOException when the disk takes nothing; the old identity then still holds
  public void save(HostIdentity identity, KeyPair tlsKey) throws IOException {
    write(identity.tlsKeyFile(), EcKeys.encode(tlsKey));
    write(IDENTITY, identity.toJson());
    try (DirectoryStream<Path> keys = Files.newDirectoryStream(directory, "tls-*.key")) {
      for (Path key : keys) {
        if (!key.getFileName().toString().equals(identity.tlsKeyFile())) {
          Files.deleteIfExists(key);
        }
      }
    }
  }

  private static String read(Path file) throws IOException {
    if (Files.size(file) > MAX_FILE) {
      throw new IOException(file.getFileName() + " is longer than 64 KiB");
    }
    return Files.readString(file);
  }

  private void write(String name, String content) throws IOException {
    Path part = directory.resolve(name + ".part");
    Files.deleteIfExists(part);
    Set<StandardOpenOption> options =
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (FileChannel channel = FileChannel.open(part, options, OWNER_FILE)) {
      ByteBuffer bytes = ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(part, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  @Override
  public void close() throws IOException {
    if (lockFile != null) {
      lockFile.close();
    }
  }
}
