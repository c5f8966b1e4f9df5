package org.shanpai.geo.learning;

/**
 * Something that must be learned anew.
 *
 * @param key store id, building, or the half hour's start
 * @param seq to be handed back: more may have come meanwhile
 */
public record Due(Kind kind, String key, long seq) {

  /** What is learned. */
  public enum Kind {
    STORE,
    BUILDING,
    LEGS,
    CITY
  }
}
