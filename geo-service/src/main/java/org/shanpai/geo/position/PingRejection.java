package org.shanpai.geo.position;

/**
 * Why a ping was not believed at all. The names are part of the API. What only looks odd is
 * believed with less trust: {@link TrustSignal}.
 */
public enum PingRejection {
  /** A number, time, place or accuracy is missing. */
  MISSING,
  /** A number is NaN or infinite. */
  NOT_A_NUMBER,
  /** Latitude beyond ±85° or longitude beyond ±180°: no city lies there. */
  OUT_OF_RANGE,
  /** Far from every area, but right among them with latitude and longitude exchanged. */
  SWAPPED,
  /** Far from every area of the city. */
  OUT_OF_CITY,
  /** The reading lies in the future by more than any phone's clock is wrong. */
  FUTURE,
  /** The reading is too old to say where the rider is. */
  TOO_OLD,
  /** The phone itself knows its place too badly, or claims an impossible accuracy. */
  INACCURATE,
  /** No e-bike comes from the place before to this one in that time. */
  TELEPORT
}
