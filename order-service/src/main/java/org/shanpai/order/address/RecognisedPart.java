package org.shanpai.order.address;

/**
 * A part found in a text.
 *
 * @param text the piece as it was written
 * @param value the piece made uniform: simplified, narrow, Chinese numbers as digits, without what
 *     merely says its kind (12 for 十二栋), a full name for a short one (上海市 for 上海)
 * @param start where it begins in the text, UTF-16 units; −1 when it was not written but follows
 *     from another part (the province of a city)
 * @param end behind its last unit; −1 likewise
 * @param confidence 0–100
 */
public record RecognisedPart(
    AddressPart part, String text, String value, int start, int end, int confidence) {

  /** Whether it was written, not concluded. */
  public boolean written() {
    return start >= 0;
  }

  /** Says its kind only: what was written is personal. */
  @Override
  public String toString() {
    return "RecognisedPart[" + part + "]";
  }
}
