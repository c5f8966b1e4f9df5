package org.shanpai.geo.travel.streets;

/** The street file cannot be used; the message says in one sentence why and what to do. */
public final class StreetFileUnusable extends RuntimeException {

  StreetFileUnusable(String message, Throwable cause) {
    super(message, cause);
  }
}
