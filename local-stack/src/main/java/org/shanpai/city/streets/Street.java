package org.shanpai.city.streets;

import java.util.List;

/**
 * One street.
 *
 * @param highway what OpenStreetMap calls its kind
 * @param line the crossings along it; two or more
 */
public record Street(String highway, List<Spot> line) {

  public static final String AVENUE = "secondary";
  public static final String MAIN = "tertiary";
  public static final String SIDE = "residential";

  public Street {
    line = List.copyOf(line);
  }
}
