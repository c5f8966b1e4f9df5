package org.shanpai.rider.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.shanpai.chassis.problem.Problem;

/** Proofs as kept: what nobody has to see is gone. */
class ProofDocumentTest {

  private static final String NOTED = "Exif: phone of 李雷 at 30.28,120.13";

  private static byte[] picture(String format) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB), format, out);
    return out.toByteArray();
  }

  private static byte[] insert(byte[] into, int at, byte[] what) {
    byte[] all = new byte[into.length + what.length];
    System.arraycopy(into, 0, all, 0, at);
    System.arraycopy(what, 0, all, at, what.length);
    System.arraycopy(into, at, all, at + what.length, into.length - at);
    return all;
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Test
  void aJpegLosesWhatThePhoneNotedAndIsStillThePicture() throws IOException {
    byte[] note = NOTED.getBytes(StandardCharsets.UTF_8);
    byte[] segment = new byte[note.length + 4];
    segment[0] = (byte) 0xff;
    segment[1] = (byte) 0xe1;
    segment[2] = (byte) ((note.length + 2) >> 8);
    segment[3] = (byte) (note.length + 2);
    System.arraycopy(note, 0, segment, 4, note.length);
    byte[] kept =
        ProofDocument.minimised("image/jpeg", insert(picture("jpeg"), 2, segment)).bytes();
    assertThat(text(kept)).doesNotContain("李雷");
    assertThat(ImageIO.read(new ByteArrayInputStream(kept)).getWidth()).isEqualTo(40);
  }

  @Test
  void aPngLosesItsTextsAndIsStillThePicture() throws IOException {
    byte[] note = NOTED.getBytes(StandardCharsets.UTF_8);
    byte[] chunk = new byte[note.length + 12];
    chunk[3] = (byte) note.length;
    System.arraycopy("tEXt".getBytes(StandardCharsets.US_ASCII), 0, chunk, 4, 4);
    System.arraycopy(note, 0, chunk, 8, note.length);
    byte[] kept = ProofDocument.minimised("image/png", insert(picture("png"), 33, chunk)).bytes();
    assertThat(text(kept)).doesNotContain("李雷");
    assertThat(ImageIO.read(new ByteArrayInputStream(kept)).getHeight()).isEqualTo(30);
  }

  @Test
  void anExportKeepsDatesAndOrdersOnly() {
    assertThat(
            text(
                ProofDocument.minimised(
                        "text/csv",
                        "name,Date,phone,orders\n李雷,2025-12-15,138,21\n\n韩梅梅,2025-12-16,139,22"
                            .getBytes(StandardCharsets.UTF_8))
                    .bytes()))
        .isEqualTo("date,orders\n2025-12-15,21\n2025-12-16,22");
  }

  @Test
  void whatIsNoProofIsRefusedWithTheReason() throws IOException {
    refused("text/csv", new byte[0], "no-proof");
    refused("text/csv", "date,orders,密码\n".getBytes(StandardCharsets.UTF_8), "credentials");
    refused("text/csv", "a,b\n".getBytes(StandardCharsets.UTF_8), "not-an-export");
    refused("text/csv", "date,orders\nyesterday,5".getBytes(), "not-an-export");
    refused("text/csv", "date,orders\n2025-12-15,-5".getBytes(), "not-an-export");
    refused("text/csv", new byte[] {(byte) 0xff, (byte) 0xfe}, "not-an-export");
    refused("image/jpeg", picture("png"), "not-a-picture");
    refused("image/png", picture("jpeg"), "not-a-picture");
    refused("image/png", new byte[ProofDocument.MOST_BYTES + 1], "too-large");
    byte[] cut = java.util.Arrays.copyOf(picture("jpeg"), 60);
    refused("image/jpeg", cut, "not-a-picture");
  }

  private static void refused(String type, byte[] given, String slug) {
    assertThatThrownBy(() -> ProofDocument.minimised(type, given))
        .isInstanceOfSatisfying(
            Problem.class, problem -> assertThat(problem.slug()).isEqualTo(slug));
  }
}
