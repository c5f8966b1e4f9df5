package org.shanpai.geo.fence;

import java.util.List;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.geo.position.Sighting;

/**
 * When readings prove that a rider is at a place: so many in a row, all believed, all near enough.
 * What is not believed or not accurate enough says nothing, for or against; a believed reading
 * elsewhere, or too long a silence, begins the row anew. Immutable.
 *
 * @param radiusMetres how near to the centre
 * @param readings in a row, 1 or more
 * @param leastTrust 0–100
 * @param worstAccuracyMetres beyond it a reading says nothing about the radius
 * @param longestGapMillis city time between two readings of a row
 */
public record FenceRule(
    double radiusMetres,
    int readings,
    int leastTrust,
    double worstAccuracyMetres,
    long longestGapMillis) {

  /**
   * @throws IllegalArgumentException naming the setting that makes no sense
   */
  public FenceRule {
    if (!(radiusMetres > 0)) {
      throw new IllegalArgumentException(
          "shanpai.geo.fence.radius-metres must be more than 0 but is " + radiusMetres);
    }
    if (readings < 1) {
      throw new IllegalArgumentException(
          "shanpai.geo.fence.readings must be 1 or more but is " + readings);
    }
  }

  /**
   * What a row of readings proves.
   *
   * @param at city time of the first of them, epoch milliseconds
   * @param firstMetres how far from the centre that one lies
   * @param lastMetres how far the last one lies
   * @param trust the lowest among them
   */
  public record Proof(long at, int firstMetres, int lastMetres, int readings, int trust) {}

  /** Whether a reading says anything. */
  public boolean usable(Sighting sighting) {
    return sighting.trust() >= leastTrust && sighting.accuracyMetres() <= worstAccuracyMetres;
  }

  /**
   * The first row that proves the rider at the place.
   *
   * @param sightings usable ones, oldest first
   * @param begin where in the list a row may begin
   * @param from city time before which readings do not count, epoch milliseconds
   * @param until city time after which they do not count
   * @return null when none does
   */
  public Proof find(List<Sighting> sightings, int begin, GeoPoint centre, long from, long until) {
    int count = 0;
    int trust = 100;
    Sighting first = null;
    Sighting last = null;
    for (int i = begin; i < sightings.size(); i++) {
      Sighting sighting = sightings.get(i);
      if (last != null && sighting.at() == last.at()) {
        continue;
      }
      boolean inTime = sighting.at() >= from && sighting.at() <= until;
      double metres = inTime ? sighting.place().metresTo(centre) : Double.MAX_VALUE;
      if (metres > radiusMetres) {
        count = 0;
        last = null;
        continue;
      }
      if (count == 0 || sighting.at() - last.at() > longestGapMillis) {
        count = 0;
        trust = 100;
        first = sighting;
      }
      count++;
      trust = Math.min(trust, sighting.trust());
      last = sighting;
      if (count == readings) {
        return new Proof(
            first.at(),
            (int) Math.round(first.place().metresTo(centre)),
            (int) Math.round(metres),
            count,
            trust);
      }
    }
    return null;
  }
}
