package org.shanpai.city.agents;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import javax.imageio.ImageIO;
import org.shanpai.stack.Chance;

/** What a rider's camera sees: a bag before a door. */
final class DoorPicture {

  private static final int WIDTH = 320;
  private static final int HEIGHT = 240;

  static {
    // No screen is needed to draw into memory.
    System.setProperty("java.awt.headless", "true");
  }

  private DoorPicture() {}

  /** A PNG file; doors differ in colour. */
  static byte[] png(String jobId) {
    Random random = Chance.of(0, jobId);
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = image.createGraphics();
    pen.setColor(new Color(225, 220, 210));
    pen.fillRect(0, 0, WIDTH, HEIGHT);
    pen.setColor(Color.getHSBColor(random.nextFloat(), 0.4f, 0.6f));
    pen.fillRect(90, 10, 140, 220);
    pen.setColor(new Color(200, 150, 60));
    pen.fillRect(130, 170, 60, 60);
    pen.dispose();
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file.toByteArray();
  }
}
