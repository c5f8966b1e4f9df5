package org.shanpai.geo.position;

import org.shanpai.contracts.GeoPoint;

/**
 * A ping that passed the checks made on it alone.
 *
 * @param at city time, epoch milliseconds
 */
public record Reading(GeoPoint place, long at, double accuracyMetres) {

  static Reading of(Ping ping) {
    return new Reading(
        new GeoPoint(ping.lat(), ping.lon()), ping.at().toEpochMilli(), ping.accuracyMetres());
  }
}
