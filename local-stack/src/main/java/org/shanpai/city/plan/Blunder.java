package org.shanpai.city.plan;

/** What is wrong with a deliberately bad submission; each must be refused. */
public enum Blunder {
  UNKNOWN_STORE,
  OUT_OF_RANGE,
  NO_ITEMS,
  NEGATIVE_VALUE,
  NO_SUCH_LATITUDE,
  MALFORMED_JSON,
  NO_KEY,
  /** The key of an earlier order with another body. */
  KEY_USED_BEFORE
}
