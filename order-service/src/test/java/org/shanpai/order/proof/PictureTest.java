package org.shanpai.order.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.shanpai.chassis.problem.Problem;

class PictureTest {

  private static final String GPS = "GPS 31.2304 121.4737 owner Zhang";

  private static byte[] drawn(String format, int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Random chance = new Random(3);
    for (int i = 0; i < 400; i++) {
      image.setRGB(chance.nextInt(width), chance.nextInt(height), chance.nextInt());
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      assertThat(ImageIO.write(image, format, out)).isTrue();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return out.toByteArray();
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** A JPEG segment. */
  private static byte[] segment(int marker, byte[] payload) {
    return joined(
        new byte[] {
          (byte) 0xFF, (byte) marker, (byte) (payload.length + 2 >> 8), (byte) (payload.length + 2)
        },
        payload);
  }

  /** Exif that says the picture is turned, and where it was taken. */
  private static byte[] exif(boolean little, int orientation) {
    ByteBuffer tiff =
        ByteBuffer.allocate(26 + GPS.length())
            .order(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    tiff.put(ascii(little ? "II" : "MM")).putShort((short) 42).putInt(8).putShort((short) 1);
    tiff.putShort((short) 0x0112).putShort((short) 3).putInt(1);
    tiff.putShort((short) orientation).putShort((short) 0).putInt(0).put(ascii(GPS));
    return segment(0xE1, joined(ascii("Exif\0\0"), tiff.array()));
  }

  private static byte[] withNotes(byte[] jpeg, byte[]... notes) {
    return joined(
        Arrays.copyOf(jpeg, 2),
        joined(notes),
        Arrays.copyOfRange(jpeg, 2, jpeg.length),
        ascii("a film behind the picture " + GPS));
  }

  private static boolean contains(byte[] bytes, String text) {
    return new String(bytes, StandardCharsets.ISO_8859_1).contains(text);
  }

  private static int[] pixels(byte[] picture) {
    try {
      BufferedImage image = ImageIO.read(new ByteArrayInputStream(picture));
      return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void refused(byte[] file, int status, String slug) {
    assertThatThrownBy(() -> Picture.of(file))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> {
              assertThat(problem.slug()).isEqualTo(slug);
              assertThat(problem.status()).isEqualTo(status);
              assertThat(problem.field()).isEqualTo("body");
            });
  }

  @Test
  void aJpegLosesPlaceOwnerCommentsAndWhatHangsBehindItButNoPixel() {
    byte[] jpeg = drawn("jpg", 640, 480);
    byte[] told =
        withNotes(
            jpeg,
            exif(true, 1),
            segment(0xE1, ascii("http://ns.adobe.com/xap/1.0/\0" + GPS)),
            segment(0xED, ascii("Photoshop " + GPS)),
            segment(0xFE, ascii(GPS)));
    assertThat(contains(told, GPS)).isTrue();
    Picture picture = Picture.of(told);
    assertThat(picture.mediaType()).isEqualTo("image/jpeg");
    assertThat(picture.width()).isEqualTo(640);
    assertThat(picture.height()).isEqualTo(480);
    assertThat(contains(picture.bytes(), "GPS")).isFalse();
    assertThat(contains(picture.bytes(), "Zhang")).isFalse();
    assertThat(contains(picture.bytes(), "film")).isFalse();
    assertThat(contains(picture.bytes(), "Exif")).isFalse();
    assertThat(pixels(picture.bytes())).isEqualTo(pixels(jpeg));
  }

  @Test
  void whichWayIsUpIsKept() {
    byte[] jpeg = drawn("jpg", 300, 200);
    for (boolean little : new boolean[] {true, false}) {
      Picture picture = Picture.of(withNotes(jpeg, exif(little, 6)));
      assertThat(contains(picture.bytes(), "Zhang")).isFalse();
      assertThat(contains(picture.bytes(), "Exif\0\0MM")).isTrue();
      assertThat(pixels(picture.bytes())).isEqualTo(pixels(jpeg));
      Picture again = Picture.of(picture.bytes());
      assertThat(again.bytes()).isEqualTo(picture.bytes());
    }
  }

  private static byte[] chunk(String type, byte[] data) {
    CRC32 crc = new CRC32();
    crc.update(ascii(type));
    crc.update(data);
    return ByteBuffer.allocate(12 + data.length)
        .putInt(data.length)
        .put(ascii(type))
        .put(data)
        .putInt((int) crc.getValue())
        .array();
  }

  @Test
  void aPngLosesItsTextsAndShowsTheSame() {
    byte[] png = drawn("png", 200, 150);
    int afterSize = 8 + 25;
    byte[] told =
        joined(
            Arrays.copyOf(png, afterSize),
            chunk("tEXt", ascii("Author\0" + GPS)),
            chunk("eXIf", ascii(GPS)),
            chunk("tIME", new byte[7]),
            Arrays.copyOfRange(png, afterSize, png.length),
            ascii(GPS));
    Picture picture = Picture.of(told);
    assertThat(picture.mediaType()).isEqualTo("image/png");
    assertThat(picture.width()).isEqualTo(200);
    assertThat(picture.height()).isEqualTo(150);
    assertThat(contains(picture.bytes(), "GPS")).isFalse();
    assertThat(pixels(picture.bytes())).isEqualTo(pixels(png));
  }

  private static byte[] riff(String type, byte[] data) {
    ByteBuffer chunk =
        ByteBuffer.allocate(8 + data.length + (data.length & 1)).order(ByteOrder.LITTLE_ENDIAN);
    return chunk.put(ascii(type)).putInt(data.length).put(data).array();
  }

  private static byte[] webp(byte[]... chunks) {
    byte[] all = joined(chunks);
    return joined(
        ascii("RIFF"),
        ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(4 + all.length).array(),
        ascii("WEBP"),
        all);
  }

  @Test
  void aWebpLosesItsNotesAndSaysSo() {
    byte[] size = {(byte) (0x20 | 0x08 | 0x04), 0, 0, 0, (byte) 0x7F, 2, 0, (byte) 0xDF, 1, 0};
    byte[] frame = joined(new byte[] {0, 0, 0, (byte) 0x9D, 1, 42}, new byte[20]);
    byte[] told =
        webp(
            riff("VP8X", size),
            riff("ICCP", ascii("colours")),
            riff("VP8 ", frame),
            riff("EXIF", ascii(GPS)),
            riff("XMP ", ascii(GPS)));
    Picture picture = Picture.of(told);
    assertThat(picture.mediaType()).isEqualTo("image/webp");
    assertThat(picture.width()).isEqualTo(640);
    assertThat(picture.height()).isEqualTo(480);
    size[0] = 0x20;
    assertThat(picture.bytes())
        .isEqualTo(webp(riff("VP8X", size), riff("ICCP", ascii("colours")), riff("VP8 ", frame)));
  }

  @Test
  void simpleWebpsTellTheirSize() {
    byte[] lossy =
        joined(
            new byte[] {0, 0, 0, (byte) 0x9D, 1, 42, (byte) 0x40, 1, (byte) 0xF0, 0}, new byte[10]);
    Picture picture = Picture.of(webp(riff("VP8 ", lossy)));
    assertThat(picture.width()).isEqualTo(320);
    assertThat(picture.height()).isEqualTo(240);
    int bits = 319 | 239 << 14;
    byte[] lossless =
        ByteBuffer.allocate(15)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put((byte) 0x2F)
            .putInt(bits)
            .array();
    Picture other = Picture.of(webp(riff("VP8L", lossless)));
    assertThat(other.width()).isEqualTo(320);
    assertThat(other.height()).isEqualTo(240);
  }

  @Test
  void whatIsNoPictureIsRefusedWhateverItIsCalled() {
    refused(null, 422, "no-picture");
    refused(new byte[0], 422, "no-picture");
    refused(ascii("<svg xmlns='http://www.w3.org/2000/svg'/>"), 422, "no-picture");
    refused(ascii("GIF89a" + "x".repeat(50)), 422, "no-picture");
    refused(ascii("%PDF-1.7 ...................."), 422, "no-picture");
    refused(new byte[Picture.MOST_BYTES + 1], 413, "too-large");
    refused(webp(riff("ANIM", new byte[6]), riff("ANMF", new byte[24])), 422, "broken-picture");
  }

  @Test
  void picturesOfImpossibleSizesAreRefused() {
    refused(drawn("png", 100, 400), 422, "picture-size");
    byte[] huge = drawn("png", 200, 200);
    ByteBuffer.wrap(huge).putInt(16, 100_000);
    refused(huge, 422, "picture-size");
  }

  @Test
  void cutOffOrScrambledPicturesAreRefusedOrReadButNeverBreakAnything() {
    Random chance = new Random(11);
    for (byte[] whole :
        new byte[][] {withNotes(drawn("jpg", 160, 160), exif(true, 3)), drawn("png", 160, 160)}) {
      for (int round = 0; round < 400; round++) {
        byte[] broken = whole.clone();
        if (round % 2 == 0) {
          broken = Arrays.copyOf(whole, chance.nextInt(whole.length));
        }
        for (int i = 0; i < round % 8 && broken.length > 0; i++) {
          broken[chance.nextInt(broken.length)] = (byte) chance.nextInt(256);
        }
        try {
          Picture picture = Picture.of(broken);
          assertThat(picture.bytes().length).isLessThanOrEqualTo(broken.length + 64);
        } catch (Problem refusal) {
          assertThat(refusal.status()).isEqualTo(422);
        }
      }
    }
  }
}
