package org.shanpai.city.streets;

import org.shanpai.contracts.GeoPoint;

/**
 * The flat map of a city around its middle. Errs by less than a metre over ten kilometres.
 *
 * @param middle of the city
 */
public record Plane(GeoPoint middle) {

  public GeoPoint place(Spot spot) {
    return middle.offsetMetres(spot.north(), spot.east());
  }

  public Spot spot(GeoPoint place) {
    double metresPerDegree = middle.metresTo(new GeoPoint(middle.lat() + 1, middle.lon()));
    double north = (place.lat() - middle.lat()) * metresPerDegree;
    double east =
        (place.lon() - middle.lon()) * metresPerDegree * Math.cos(Math.toRadians(middle.lat()));
    return new Spot(east, north);
  }
}
