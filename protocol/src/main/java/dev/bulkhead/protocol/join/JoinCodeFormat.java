package dev.bulkhead.protocol.join;

import dev.bulkhead.protocol.Secret;
import dev.bulkhead.protocol.Sha256;
import dev.bulkhead.protocol.join.JoinCode.Fault;
import dev.bulkhead.protocol.join.JoinCode.Parsed;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The bytes of a join code, read and written.
final class JoinCodeFormat {

  private static final String PREFIX = "bhj1_";
  private static final Pattern ANY_VERSION = Pattern.compile("bhj([0-9]{1,4})_.*");
  private static final int CHECK_LENGTH = 4;
  private static final int FIXED_LENGTH = 1 + 16 + 32 + 32 + JoinCode.SECRET_LENGTH + 16 + 1;
  private static final int MAX_LENGTH = FIXED_LENGTH + JoinCode.MAX_ADDRESSES * 256 + CHECK_LENGTH;
  private static final int MAX_CHARACTERS = PREFIX.length() + (MAX_LENGTH * 4 + 2) / 3;

  private JoinCodeFormat() {}

  static String encode(JoinCode code) {
    ByteBuffer out = ByteBuffer.allocate(MAX_LENGTH);
    out.put((byte) code.version());
    putUuid(out, code.tenant());
    out.put(code.authority().bytes()).put(code.roster().bytes()).put(code.secret().reveal());
    putUuid(out, code.joinId());
    out.put((byte) code.addresses().size());
    for (LinkAddress address : code.addresses()) {
      byte[] text = address.toString().getBytes(StandardCharsets.UTF_8);
      out.put((byte) text.length).put(text);
    }
    byte[] body = Arrays.copyOf(out.array(), out.position());
    out.put(check(body));
    byte[] all = Arrays.copyOf(out.array(), out.position());
    return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(all);
  }

  static Parsed parse(String text) {
    String compact = text.replaceAll("\\s", "");
    Matcher prefix = ANY_VERSION.matcher(compact);
    if (!prefix.matches()) {
      return new Parsed.Invalid(Fault.NOT_A_JOIN_CODE);
    }
    if (!compact.startsWith(PREFIX)) {
      return new Parsed.Invalid(Fault.NEWER_VERSION);
    }
    if (compact.length() > MAX_CHARACTERS) {
      return new Parsed.Invalid(Fault.DAMAGED);
    }
    byte[] all;
    try {
      all = Base64.getUrlDecoder().decode(compact.substring(PREFIX.length()));
    } catch (IllegalArgumentException _) {
      return new Parsed.Invalid(Fault.DAMAGED);
    }
    return parseBytes(all);
  }

  private static Parsed parseBytes(byte[] all) {
    int bodyLength = all.length - CHECK_LENGTH;
    if (bodyLength < 1) {
      return new Parsed.Invalid(Fault.DAMAGED);
    }
    byte[] body = Arrays.copyOf(all, bodyLength);
    if (!Arrays.equals(check(body), Arrays.copyOfRange(all, bodyLength, all.length))) {
      return new Parsed.Invalid(Fault.DAMAGED);
    }
    if (body[0] != JoinCode.VERSION) {
      return new Parsed.Invalid(Fault.NEWER_VERSION);
    }
    if (bodyLength < FIXED_LENGTH) {
      return new Parsed.Invalid(Fault.DAMAGED);
    }
    return parseBody(ByteBuffer.wrap(body));
  }

  private static Parsed parseBody(ByteBuffer in) {
    int version = in.get();
    UUID tenant = getUuid(in);
    Sha256 authority = Sha256.of(getBytes(in, Sha256.LENGTH));
    Sha256 roster = Sha256.of(getBytes(in, Sha256.LENGTH));
    Secret secret = Secret.of(getBytes(in, JoinCode.SECRET_LENGTH));
    UUID joinId = getUuid(in);
    int count = Byte.toUnsignedInt(in.get());
    if (count < 1 || count > JoinCode.MAX_ADDRESSES) {
      return new Parsed.Invalid(Fault.DAMAGED);
    }
    List<LinkAddress> addresses = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int length = in.hasRemaining() ? Byte.toUnsignedInt(in.get()) : 0;
      if (length == 0 || length > in.remaining()) {
        return new Parsed.Invalid(Fault.DAMAGED);
      }
      Optional<LinkAddress> address =
          LinkAddress.parse(new String(getBytes(in, length), StandardCharsets.UTF_8));
      if (address.isEmpty()) {
        return new Parsed.Invalid(Fault.BAD_ADDRESS);
      }
      addresses.add(address.get());
    }
    if (in.hasRemaining()) {
      return new Parsed.Invalid(Fault.DAMAGED);
    }
    return new Parsed.Valid(
        new JoinCode(version, tenant, authority, roster, secret, joinId, addresses));
  }

  private static byte[] check(byte[] body) {
    return Arrays.copyOf(Sha256.digest(body).bytes(), CHECK_LENGTH);
  }

  private static byte[] getBytes(ByteBuffer in, int length) {
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }

  private static UUID getUuid(ByteBuffer in) {
    return new UUID(in.getLong(), in.getLong());
  }

  private static void putUuid(ByteBuffer out, UUID id) {
    out.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
  }
}
