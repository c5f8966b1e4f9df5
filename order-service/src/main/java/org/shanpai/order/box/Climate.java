package org.shanpai.order.box;

import java.util.Set;

/** What a box keeps its goods at; goods of two climates never share a box. */
public enum Climate {
  ORDINARY,
  /** Goods that need {@code COLD_BOX}. */
  COLD,
  /** Goods that need {@code HOT_BOX}. */
  HOT;

  private static final String COLD_BOX = "COLD_BOX";
  private static final String HOT_BOX = "HOT_BOX";

  /**
   * The climate that goods with these needs want.
   *
   * @throws IllegalArgumentException when they want two
   */
  public static Climate of(Set<String> needs) {
    if (needs.contains(COLD_BOX) && needs.contains(HOT_BOX)) {
      throw new IllegalArgumentException("No box is both a COLD_BOX and a HOT_BOX.");
    }
    if (needs.contains(COLD_BOX)) {
      return COLD;
    }
    return needs.contains(HOT_BOX) ? HOT : ORDINARY;
  }
}
