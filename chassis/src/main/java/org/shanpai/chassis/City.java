package org.shanpai.chassis;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.shanpai.contracts.CityId;

/**
 * The city served.
 *
 * @param zone decides on which business date an instant falls
 */
public record City(CityId id, ZoneId zone) {

  /** The city's calendar date at that city time. */
  public LocalDate businessDate(Instant instant) {
    return instant.atZone(zone).toLocalDate();
  }
}
