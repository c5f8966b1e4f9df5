package org.shanpai.fuzz;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import javax.imageio.ImageIO;

/** A small picture such as a rider's camera would make. */
final class Picture {

  private static final int WIDTH = 160;
  private static final int HEIGHT = 120;

  private Picture() {}

  static byte[] png(Random random) {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    int colour = random.nextInt(1 << 24);
    for (int x = 0; x < WIDTH; x++) {
      image.setRGB(x, random.nextInt(HEIGHT), colour);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException("No picture can be written", e);
    }
    return out.toByteArray();
  }
}
