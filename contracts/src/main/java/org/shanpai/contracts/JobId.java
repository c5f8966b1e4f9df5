package org.shanpai.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A delivery job: what one rider carries for one order. 1–64 characters of {@code A-Za-z0-9._:-}; a
 * bare string in JSON.
 */
public record JobId(@JsonValue String value) implements Comparable<JobId> {

  /**
   * @throws IllegalArgumentException naming the value, when it is not a legal id
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public JobId {
    IdText.check("JobId", value);
  }

  public static JobId of(String value) {
    return new JobId(value);
  }

  @Override
  public int compareTo(JobId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
