package org.shanpai.order.proof;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * JPEG (ITU-T T.81): keeps what is needed to show it, and of the camera's notes only which way is
 * up.
 */
final class JpegFile {

  private static final int SOI = 0xD8;
  private static final int EOI = 0xD9;
  private static final int SOS = 0xDA;
  private static final int APP0 = 0xE0;
  private static final int APP1 = 0xE1;
  private static final int APP2 = 0xE2;
  private static final int APP14 = 0xEE;
  private static final int APP15 = 0xEF;
  private static final int COMMENT = 0xFE;
  private static final int ORIENTATION = 0x0112;
  private static final int UPRIGHT = 1;
  private static final int TURNS = 8;
  private static final byte[] EXIF = {'E', 'x', 'i', 'f', 0, 0};
  private static final byte[] ICC = "ICC_PROFILE\0".getBytes(StandardCharsets.US_ASCII);

  private final byte[] file;
  private final ByteArrayOutputStream head = new ByteArrayOutputStream();
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private int width;
  private int height;
  private int orientation = UPRIGHT;

  private JpegFile(byte[] file) {
    this.file = file;
  }

  static boolean is(byte[] file) {
    return file.length > 3
        && (file[0] & 0xFF) == 0xFF
        && (file[1] & 0xFF) == SOI
        && (file[2] & 0xFF) == 0xFF;
  }

  static Picture clean(byte[] file) {
    return new JpegFile(file).read();
  }

  private Picture read() {
    int at = 2;
    boolean scanned = false;
    while (true) {
      if (byteAt(at) != 0xFF) {
        throw Picture.broken("The picture has something else between its parts.");
      }
      while (byteAt(at + 1) == 0xFF) {
        at++;
      }
      int marker = byteAt(at + 1);
      if (marker == EOI) {
        // What phones hang on behind the end (films, previews) is not read any more.
        break;
      }
      int length = 2 + shortAt(at + 2);
      if (length < 4 || at + length > file.length) {
        throw new IndexOutOfBoundsException();
      }
      segment(marker, at, length);
      at += length;
      if (marker == SOS) {
        scanned = true;
        at = scan(at);
      }
    }
    if (!scanned || width == 0 || height == 0) {
      throw Picture.broken("The picture has nothing to show.");
    }
    return new Picture("image/jpeg", width, height, whole());
  }

  private void segment(int marker, int at, int length) {
    boolean frame =
        marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    if (frame) {
      height = shortAt(at + 5);
      width = shortAt(at + 7);
    }
    if (marker == APP1 && starts(at + 4, EXIF)) {
      orientation = orientation(at + 4 + EXIF.length, at + length);
    }
    if (marker == APP0) {
      head.write(file, at, length);
    } else if (marker == APP14 || (marker == APP2 && starts(at + 4, ICC))) {
      body.write(file, at, length);
    } else if ((marker < APP0 || marker > APP15) && marker != COMMENT) {
      body.write(file, at, length);
    }
  }

  /** Copies a scan; what follows is the next marker that is not part of it. */
  private int scan(int from) {
    int at = from;
    while (true) {
      if (byteAt(at) == 0xFF) {
        int next = byteAt(at + 1);
        boolean inside = next == 0 || (next >= 0xD0 && next <= 0xD7);
        if (!inside && next != 0xFF) {
          body.write(file, from, at - from);
          return at;
        }
      }
      at++;
    }
  }

  /** 1–8 as in Exif; upright when nothing sensible is said. */
  private int orientation(int tiff, int end) {
    if (end - tiff < 8) {
      return UPRIGHT;
    }
    boolean little = byteAt(tiff) == 'I';
    int entries = tiff + number(tiff + 4, 4, little);
    if (entries < tiff || entries + 2 > end) {
      return UPRIGHT;
    }
    int count = number(entries, 2, little);
    for (int i = 0; i < count; i++) {
      int entry = entries + 2 + i * 12;
      if (entry + 12 > end) {
        return UPRIGHT;
      }
      if (number(entry, 2, little) == ORIENTATION) {
        int told = number(entry + 8, 2, little);
        return told >= UPRIGHT && told <= TURNS ? told : UPRIGHT;
      }
    }
    return UPRIGHT;
  }

  private byte[] whole() {
    ByteArrayOutputStream all = new ByteArrayOutputStream(file.length);
    all.write(0xFF);
    all.write(SOI);
    all.writeBytes(head.toByteArray());
    if (orientation != UPRIGHT) {
      all.writeBytes(notes());
    }
    all.writeBytes(body.toByteArray());
    all.write(0xFF);
    all.write(EOI);
    return all.toByteArray();
  }

  /** Exif with one entry: which way is up. */
  private byte[] notes() {
    byte[] tiff = {
      'M',
      'M',
      0,
      42,
      0,
      0,
      0,
      8,
      0,
      1,
      1,
      0x12,
      0,
      3,
      0,
      0,
      0,
      1,
      0,
      (byte) orientation,
      0,
      0,
      0,
      0,
      0,
      0
    };
    ByteArrayOutputStream notes = new ByteArrayOutputStream();
    notes.write(0xFF);
    notes.write(APP1);
    notes.write(0);
    notes.write(2 + EXIF.length + tiff.length);
    notes.writeBytes(EXIF);
    notes.writeBytes(tiff);
    return notes.toByteArray();
  }

  private boolean starts(int at, byte[] text) {
    if (at + text.length > file.length) {
      return false;
    }
    for (int i = 0; i < text.length; i++) {
      if (file[at + i] != text[i]) {
        return false;
      }
    }
    return true;
  }

  private int number(int at, int bytes, boolean little) {
    int value = 0;
    for (int i = 0; i < bytes; i++) {
      value = value << 8 | byteAt(little ? at + bytes - 1 - i : at + i);
    }
    return value;
  }

  private int shortAt(int at) {
    return byteAt(at) << 8 | byteAt(at + 1);
  }

  private int byteAt(int at) {
    if (at < 0 || at >= file.length) {
      throw new IndexOutOfBoundsException();
    }
    return file[at] & 0xFF;
  }
}
