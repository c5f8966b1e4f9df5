package org.shanpai.contracts.event;

/** Whose doing it is that something went wrong. */
public enum Fault {
  NONE,
  MERCHANT,
  RIDER,
  CUSTOMER,
  PLATFORM,
  WEATHER
}
