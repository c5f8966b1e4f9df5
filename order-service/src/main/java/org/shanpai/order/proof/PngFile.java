package org.shanpai.order.proof;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;

/** PNG (RFC 2083): keeps the chunks that say how it looks. */
final class PngFile {

  private static final byte[] MAGIC = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
  private static final Set<String> KEPT =
      Set.of("IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "sBIT");
  private static final int FRAME = 12;

  private PngFile() {}

  static boolean is(byte[] file) {
    return file.length > MAGIC.length
        && Arrays.equals(file, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
  }

  static Picture clean(byte[] file) {
    ByteArrayOutputStream kept = new ByteArrayOutputStream(file.length);
    kept.writeBytes(MAGIC);
    ByteBuffer in = ByteBuffer.wrap(file);
    int at = MAGIC.length;
    int width = 0;
    int height = 0;
    boolean shows = false;
    while (true) {
      if (at + FRAME > file.length) {
        throw new IndexOutOfBoundsException();
      }
      int length = in.getInt(at);
      if (length < 0 || length > file.length - at - FRAME) {
        throw new IndexOutOfBoundsException();
      }
      String type = new String(file, at + 4, 4, StandardCharsets.ISO_8859_1);
      if (at == MAGIC.length) {
        if (!type.equals("IHDR") || length != 13) {
          throw Picture.broken("The picture does not begin with its size.");
        }
        width = in.getInt(at + 8);
        height = in.getInt(at + 12);
      }
      if (KEPT.contains(type)) {
        kept.write(file, at, length + FRAME);
      }
      shows |= type.equals("IDAT");
      at += length + FRAME;
      if (type.equals("IEND")) {
        break;
      }
    }
    if (!shows || width <= 0 || height <= 0) {
      throw Picture.broken("The picture has nothing to show.");
    }
    return new Picture("image/png", width, height, kept.toByteArray());
  }
}
