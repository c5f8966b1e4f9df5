package org.shanpai.dispatch.geo;

/** geo-service did not answer, or not sensibly. Says nothing about any rider. */
public class GeoAway extends RuntimeException {

  public GeoAway(String what, Throwable cause) {
    super(what, cause, false, false);
  }
}
