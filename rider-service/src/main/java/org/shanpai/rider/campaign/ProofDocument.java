package org.shanpai.rider.campaign;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.shanpai.chassis.problem.Problem;

/**
 * A screenshot or export as kept until somebody has decided, without what nobody has to see: a
 * picture without what device and camera noted, an export without any column but {@code date} and
 * {@code orders}.
 *
 * @param mediaType {@code image/jpeg}, {@code image/png} or {@code text/csv}
 */
public record ProofDocument(String mediaType, byte[] bytes) {

  /** Longest one taken, bytes. */
  public static final int MOST_BYTES = 2 * 1024 * 1024;

  private static final int MOST_LINES = 5_000;
  private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10};
  private static final Set<String> PNG_KEPT = Set.of("IHDR", "PLTE", "IDAT", "IEND", "tRNS");
  private static final Pattern CREDENTIALS =
      Pattern.compile("passw|pwd|token|cookie|secret|密码|口令|令牌|验证码", Pattern.CASE_INSENSITIVE);
  private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
  private static final Pattern ORDERS = Pattern.compile("\\d{1,6}");

  /**
   * @throws Problem 422 {@code no-proof}, {@code not-a-picture}, {@code not-an-export}, {@code
   *     credentials}; 413 {@code too-large}
   */
  public static ProofDocument minimised(String mediaType, byte[] given) {
    if (given == null || given.length == 0) {
      throw Problem.unprocessable("no-proof", "body", "Send the screenshot or export in the body.");
    }
    if (given.length > MOST_BYTES) {
      throw new Problem(
          413, "too-large", "body", "A proof may have at most " + MOST_BYTES + " bytes.", 0);
    }
    return new ProofDocument(
        mediaType,
        switch (mediaType) {
          case "image/jpeg" -> jpeg(given);
          case "image/png" -> png(given);
          default -> export(given);
        });
  }

  /** Without any APPn but the first (JFIF), and without comments. */
  private static byte[] jpeg(byte[] in) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(in.length);
    if (in.length < 4 || (in[0] & 0xff) != 0xff || (in[1] & 0xff) != 0xd8) {
      throw notAPicture();
    }
    out.write(in, 0, 2);
    int at = 2;
    while (at + 4 <= in.length) {
      int marker = in[at + 1] & 0xff;
      int length = (in[at + 2] & 0xff) << 8 | in[at + 3] & 0xff;
      if ((in[at] & 0xff) != 0xff || length < 2 || at + 2 + length > in.length) {
        throw notAPicture();
      }
      boolean noted = marker > 0xe0 && marker <= 0xef || marker == 0xfe;
      if (!noted) {
        out.write(in, at, 2 + length);
      }
      at += 2 + length;
      if (marker == 0xda) {
        out.write(in, at, in.length - at);
        return out.toByteArray();
      }
    }
    throw notAPicture();
  }

  /** Only the chunks that make the picture. */
  private static byte[] png(byte[] in) {
    if (in.length < PNG.length
        || !ByteBuffer.wrap(in, 0, PNG.length).equals(ByteBuffer.wrap(PNG))) {
      throw notAPicture();
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(in.length);
    out.write(in, 0, PNG.length);
    int at = PNG.length;
    while (at + 12 <= in.length) {
      int length = ByteBuffer.wrap(in, at, 4).getInt();
      if (length < 0 || length > in.length - at - 12) {
        throw notAPicture();
      }
      String chunk = new String(in, at + 4, 4, StandardCharsets.ISO_8859_1);
      if (PNG_KEPT.contains(chunk)) {
        out.write(in, at, length + 12);
      }
      at += length + 12;
      if ("IEND".equals(chunk)) {
        return out.toByteArray();
      }
    }
    throw notAPicture();
  }

  private static Problem notAPicture() {
    return Problem.unprocessable("not-a-picture", "body", "This is no picture of its type.");
  }

  private static byte[] export(byte[] given) {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(given)).toString();
    } catch (CharacterCodingException e) {
      throw notAnExport("The export must be UTF-8.");
    }
    List<String> lines = text.replace("\uFEFF", "").lines().filter(l -> !l.isBlank()).toList();
    if (lines.isEmpty() || lines.size() > MOST_LINES) {
      throw notAnExport("The export must have 1 to " + MOST_LINES + " lines.");
    }
    if (CREDENTIALS.matcher(lines.get(0)).find()) {
      throw Problem.unprocessable(
          "credentials", "body", "Never send passwords, codes or tokens of another platform.");
    }
    List<String> header =
        List.of(lines.get(0).split(",", -1)).stream()
            .map(name -> name.strip().toLowerCase(Locale.ROOT))
            .toList();
    int date = header.indexOf("date");
    int orders = header.indexOf("orders");
    if (date < 0 || orders < 0) {
      throw notAnExport("The first line must name the columns date and orders.");
    }
    List<String> kept = new ArrayList<>();
    kept.add("date,orders");
    for (int n = 1; n < lines.size(); n++) {
      String[] cells = lines.get(n).split(",", -1);
      if (cells.length <= Math.max(date, orders)
          || !DATE.matcher(cells[date].strip()).matches()
          || !ORDERS.matcher(cells[orders].strip()).matches()) {
        throw notAnExport(
            "Line " + (n + 1) + " has no date like 2025-12-15 or no number of orders.");
      }
      kept.add(cells[date].strip() + "," + cells[orders].strip());
    }
    return String.join("\n", kept).getBytes(StandardCharsets.UTF_8);
  }

  private static Problem notAnExport(String detail) {
    return Problem.unprocessable("not-an-export", "body", detail);
  }
}
