package org.shanpai.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * One offer (派单) of a bundle of jobs to one rider. 1–64 characters of {@code A-Za-z0-9._:-}; a bare
 * string in JSON.
 */
public record OfferId(@JsonValue String value) implements Comparable<OfferId> {

  /**
   * @throws IllegalArgumentException naming the value, when it is not a legal id
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public OfferId {
    IdText.check("OfferId", value);
  }

  public static OfferId of(String value) {
    return new OfferId(value);
  }

  @Override
  public int compareTo(OfferId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
