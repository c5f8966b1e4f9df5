package org.shanpai.city.plan;

import java.util.List;
import org.shanpai.city.streets.Spot;

/**
 * A part of the city with a rule of its own, to onboard.
 *
 * @param outline its corners, counter-clockwise, not closed
 * @param speedFactor what riders' speed is multiplied with inside; null where nobody may go
 */
public record Zone(String zoneId, String name, List<Spot> outline, Double speedFactor) {

  /** Whether nobody may go inside. */
  public boolean closed() {
    return speedFactor == null;
  }

  /** Whether the place lies inside. */
  public boolean covers(Spot spot) {
    boolean inside = false;
    Spot a = outline.get(outline.size() - 1);
    for (Spot b : outline) {
      if (a.north() > spot.north() != b.north() > spot.north()
          && spot.east()
              < (b.east() - a.east()) * (spot.north() - a.north()) / (b.north() - a.north())
                  + a.east()) {
        inside = !inside;
      }
      a = b;
    }
    return inside;
  }
}
