package org.shanpai.order.proof;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** WebP (RFC 9649): keeps one still picture with its colours. */
final class WebpFile {

  private static final int HEAD = 12;

  /** Bits of the extended header: Exif, XMP, animation. */
  private static final int NOTES = 0x08 | 0x04 | 0x02;

  private static final int LOSSLESS_MARK = 0x2F;

  private WebpFile() {}

  static boolean is(byte[] file) {
    return file.length > HEAD && text(file, 0).equals("RIFF") && text(file, 8).equals("WEBP");
  }

  static Picture clean(byte[] file) {
    ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    long end = Math.min(file.length, 8 + Integer.toUnsignedLong(in.getInt(4)));
    ByteArrayOutputStream kept = new ByteArrayOutputStream(file.length);
    int[] size = null;
    boolean shows = false;
    int at = HEAD;
    while (at + 8 <= end) {
      String type = text(file, at);
      long length = Integer.toUnsignedLong(in.getInt(at + 4));
      long padded = 8 + length + (length & 1);
      if (at + 8 + length > end) {
        throw new IndexOutOfBoundsException();
      }
      switch (type) {
        case "VP8X" -> {
          size = new int[] {1 + three(in, at + 12), 1 + three(in, at + 15)};
          byte[] header = java.util.Arrays.copyOfRange(file, at, at + 8 + (int) length);
          header[8] &= (byte) ~NOTES;
          kept.writeBytes(header);
        }
        case "VP8 " -> {
          if (size == null) {
            size = new int[] {in.getShort(at + 14) & 0x3FFF, in.getShort(at + 16) & 0x3FFF};
          }
          shows = true;
          chunk(kept, file, at, length);
        }
        case "VP8L" -> {
          if (in.get(at + 8) != LOSSLESS_MARK) {
            throw Picture.broken("The picture is not what it says it is.");
          }
          if (size == null) {
            int bits = in.getInt(at + 9);
            size = new int[] {1 + (bits & 0x3FFF), 1 + (bits >>> 14 & 0x3FFF)};
          }
          shows = true;
          chunk(kept, file, at, length);
        }
        case "ALPH", "ICCP" -> chunk(kept, file, at, length);
        default -> {
          // Exif, XMP, films: not kept.
        }
      }
      at += (int) Math.min(padded, end - at);
    }
    if (!shows || size == null) {
      throw Picture.broken("The picture has nothing to show, or moves.");
    }
    return new Picture("image/webp", size[0], size[1], whole(kept.toByteArray()));
  }

  private static byte[] whole(byte[] chunks) {
    return ByteBuffer.allocate(HEAD + chunks.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put("RIFF".getBytes(StandardCharsets.US_ASCII))
        .putInt(4 + chunks.length)
        .put("WEBP".getBytes(StandardCharsets.US_ASCII))
        .put(chunks)
        .array();
  }

  private static void chunk(ByteArrayOutputStream kept, byte[] file, int at, long length) {
    kept.write(file, at, 8 + (int) length);
    if ((length & 1) == 1) {
      kept.write(0);
    }
  }

  private static int three(ByteBuffer in, int at) {
    return (in.get(at) & 0xFF) | (in.get(at + 1) & 0xFF) << 8 | (in.get(at + 2) & 0xFF) << 16;
  }

  private static String text(byte[] file, int at) {
    return new String(file, at, 4, StandardCharsets.ISO_8859_1);
  }
}
