package org.shanpai.order.proof;

import org.shanpai.chassis.problem.Problem;

/**
 * A picture, known by its bytes and not by what the sender calls it, without whatever else phones
 * write into one: place, owner, device, previews, films behind the picture.
 *
 * @param mediaType {@code image/jpeg}, {@code image/png} or {@code image/webp}
 * @param width pixels, before any turning
 * @param height pixels
 * @param bytes what is kept
 */
public record Picture(String mediaType, int width, int height, byte[] bytes) {

  /** Largest file taken. */
  public static final int MOST_BYTES = 2 * 1024 * 1024;

  /** A smaller picture shows nothing. */
  static final int LEAST_SIDE = 120;

  static final int MOST_SIDE = 12_000;
  private static final long MOST_PIXELS = 60_000_000;

  /**
   * Reads a file and cleans it.
   *
   * @throws Problem 413 too large; 422 no picture, cut off, or of a size that cannot be
   */
  public static Picture of(byte[] file) {
    if (file == null || file.length == 0) {
      throw Problem.unprocessable("no-picture", "body", "Send a picture in the body.");
    }
    if (file.length > MOST_BYTES) {
      throw new Problem(
          413, "too-large", "body", "A picture may have at most " + MOST_BYTES + " bytes.", 0);
    }
    Picture picture;
    try {
      picture = read(file);
    } catch (IndexOutOfBoundsException cutOff) {
      throw Problem.unprocessable("broken-picture", "body", "The picture is cut off.");
    }
    int shorter = Math.min(picture.width, picture.height);
    int longer = Math.max(picture.width, picture.height);
    if (shorter < LEAST_SIDE
        || longer > MOST_SIDE
        || (long) picture.width * picture.height > MOST_PIXELS) {
      throw Problem.unprocessable(
          "picture-size",
          "body",
          "The picture has "
              + picture.width
              + " x "
              + picture.height
              + " pixels; each side must have "
              + LEAST_SIDE
              + " to "
              + MOST_SIDE
              + ".");
    }
    return picture;
  }

  private static Picture read(byte[] file) {
    if (JpegFile.is(file)) {
      return JpegFile.clean(file);
    }
    if (PngFile.is(file)) {
      return PngFile.clean(file);
    }
    if (WebpFile.is(file)) {
      return WebpFile.clean(file);
    }
    throw Problem.unprocessable(
        "no-picture", "body", "The body is no JPEG, PNG or WebP picture, whatever it is called.");
  }

  static Problem broken(String what) {
    return Problem.unprocessable("broken-picture", "body", what);
  }

  /** Says nothing of what is on it. */
  @Override
  public String toString() {
    return "Picture[" + mediaType + ", " + width + " x " + height + "]";
  }
}
