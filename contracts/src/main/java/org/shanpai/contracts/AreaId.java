package org.shanpai.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A business district (商圈), the unit of dispatch. 1–64 characters of {@code A-Za-z0-9._:-}; a bare
 * string in JSON.
 */
public record AreaId(@JsonValue String value) implements Comparable<AreaId> {

  /**
   * @throws IllegalArgumentException naming the value, when it is not a legal id
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public AreaId {
    IdText.check("AreaId", value);
  }

  public static AreaId of(String value) {
    return new AreaId(value);
  }

  @Override
  public int compareTo(AreaId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
