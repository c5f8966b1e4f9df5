package org.shanpai.order.address;

import java.util.Locale;

/**
 * What a piece of a pasted text is. The first twelve lead from the country down to the door, in
 * that order; {@code docs/decisions/0013-address-recognition.md} draws their borders.
 */
public enum AddressPart {
  PROVINCE,
  CITY,
  /** District, county, or a city below a prefecture. */
  DISTRICT,
  /** Street office (街道), town, township, or a quarter everybody calls by name. */
  TOWN,
  /** Village or community with its group (村, 社区, 组). */
  VILLAGE,
  /** Road or named lane, with its section (段). */
  ROAD,
  /** Number at the road: 号, 弄, 支弄, 号院, or a numbered lane. */
  NUMBER,
  /** Estate, tower, campus, hospital or another named place, with its phase or zone. */
  ESTATE,
  BUILDING,
  UNIT,
  FLOOR,
  ROOM,
  REMARKS,
  NAME,
  PHONE,
  /** Labels, courtesies, and what was not understood. Never in an answer. */
  OTHER;

  /** Whether it leads to the door. */
  public boolean place() {
    return ordinal() <= ROOM.ordinal();
  }

  /** The name on the wire, such as {@code building}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
