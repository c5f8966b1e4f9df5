package org.shanpai.city.streets;

import java.util.List;

/** What riders move on. */
public interface Ground {

  /** The way from one place to another, both included. */
  List<Spot> way(Spot from, Spot to);

  /** Streets to draw and to plan by; may be none. */
  List<Street> streets();

  /** Open country: everybody goes straight. */
  static Ground open() {
    return new Ground() {
      @Override
      public List<Spot> way(Spot from, Spot to) {
        return from.equals(to) ? List.of(to) : List.of(from, to);
      }

      @Override
      public List<Street> streets() {
        return List.of();
      }
    };
  }
}
