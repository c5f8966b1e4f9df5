package org.shanpai.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * An order as the merchant handed it in. 1–64 characters of {@code A-Za-z0-9._:-}; a bare string in
 * JSON.
 */
public record OrderId(@JsonValue String value) implements Comparable<OrderId> {

  /**
   * @throws IllegalArgumentException naming the value, when it is not a legal id
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public OrderId {
    IdText.check("OrderId", value);
  }

  public static OrderId of(String value) {
    return new OrderId(value);
  }

  @Override
  public int compareTo(OrderId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
