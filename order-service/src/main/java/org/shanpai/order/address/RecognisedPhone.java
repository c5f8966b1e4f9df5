package org.shanpai.order.address;

/**
 * A telephone number found in a text.
 *
 * @param number as it is dialled: {@code 13800001203}, {@code 021-55556101}, an extension behind 转
 * @param valid whether it has the form of a number in China; whether it is in use nobody asks
 */
public record RecognisedPhone(String number, boolean valid, int start, int end) {

  /** Says nothing, so that no log line can. */
  @Override
  public String toString() {
    return "RecognisedPhone[…]";
  }
}
