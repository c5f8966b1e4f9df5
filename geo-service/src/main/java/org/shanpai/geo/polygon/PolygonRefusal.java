package org.shanpai.geo.polygon;

/** Why what was handed in is no polygon that can be used. */
public final class PolygonRefusal extends Exception {

  private final String field;

  /**
   * @param field the JSON field to blame, such as {@code geometry.coordinates[0][3]}
   * @param detail one sentence that says what is wrong and where
   */
  PolygonRefusal(String field, String detail) {
    super(detail, null, false, false);
    this.field = field;
  }

  public String field() {
    return field;
  }
}
