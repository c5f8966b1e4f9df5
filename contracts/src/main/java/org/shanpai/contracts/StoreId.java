package org.shanpai.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A store: where goods are picked up. 1–64 characters of {@code A-Za-z0-9._:-}; a bare string in
 * JSON.
 */
public record StoreId(@JsonValue String value) implements Comparable<StoreId> {

  /**
   * @throws IllegalArgumentException naming the value, when it is not a legal id
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public StoreId {
    IdText.check("StoreId", value);
  }

  public static StoreId of(String value) {
    return new StoreId(value);
  }

  @Override
  public int compareTo(StoreId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
