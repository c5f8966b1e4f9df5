package org.shanpai.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A city; its business date and clock are its own. 1–64 characters of {@code A-Za-z0-9._:-}; a bare
 * string in JSON.
 */
public record CityId(@JsonValue String value) implements Comparable<CityId> {

  /**
   * @throws IllegalArgumentException naming the value, when it is not a legal id
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public CityId {
    IdText.check("CityId", value);
  }

  public static CityId of(String value) {
    return new CityId(value);
  }

  @Override
  public int compareTo(CityId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
