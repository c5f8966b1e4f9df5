package org.shanpai.city.plan;

import org.shanpai.city.streets.Spot;

/**
 * A building under whose roofs phones know their place badly.
 *
 * @param metres how far from its middle that is so
 */
public record Mall(Spot middle, double metres) {

  public boolean covers(Spot spot) {
    return middle.to(spot) <= metres;
  }
}
