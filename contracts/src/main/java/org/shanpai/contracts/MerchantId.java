package org.shanpai.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A merchant: who hands in orders and owns stores. 1–64 characters of {@code A-Za-z0-9._:-}; a bare
 * string in JSON.
 */
public record MerchantId(@JsonValue String value) implements Comparable<MerchantId> {

  /**
   * @throws IllegalArgumentException naming the value, when it is not a legal id
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public MerchantId {
    IdText.check("MerchantId", value);
  }

  public static MerchantId of(String value) {
    return new MerchantId(value);
  }

  @Override
  public int compareTo(MerchantId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
