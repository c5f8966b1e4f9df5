package org.shanpai.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A rider. 1–64 characters of {@code A-Za-z0-9._:-}; a bare string in JSON. */
public record RiderId(@JsonValue String value) implements Comparable<RiderId> {

  /**
   * @throws IllegalArgumentException naming the value, when it is not a legal id
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public RiderId {
    IdText.check("RiderId", value);
  }

  public static RiderId of(String value) {
    return new RiderId(value);
  }

  @Override
  public int compareTo(RiderId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
