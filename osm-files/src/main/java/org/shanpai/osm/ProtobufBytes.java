package org.shanpai.osm;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes the few forms of the protobuf encoding that an OSM file needs. Not thread-safe. */
final class ProtobufBytes {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** A field that holds an unsigned number, or a signed one that is never negative. */
  ProtobufBytes number(int field, long value) {
    raw((long) field << 3);
    return raw(value);
  }

  /** A field of type {@code sint64}. */
  ProtobufBytes signed(int field, long value) {
    raw((long) field << 3);
    return rawSigned(value);
  }

  /** A field that holds bytes: a text, a message or a packed list. */
  ProtobufBytes bytes(int field, byte[] value) {
    raw((long) field << 3 | 2);
    raw(value.length);
    out.writeBytes(value);
    return this;
  }

  ProtobufBytes text(int field, String value) {
    return bytes(field, value.getBytes(StandardCharsets.UTF_8));
  }

  /** A varint without a field, as packed lists hold them. */
  ProtobufBytes raw(long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      out.write((int) (rest & 0x7F | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
    return this;
  }

  /** A zigzag varint without a field: 0, −1, 1, −2 … become 0, 1, 2, 3 … */
  ProtobufBytes rawSigned(long value) {
    return raw(value << 1 ^ value >> 63);
  }

  int size() {
    return out.size();
  }

  byte[] toBytes() {
    return out.toByteArray();
  }
}
