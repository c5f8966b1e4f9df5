package org.shanpai.order.address;

/** What the text does not say but a rider needs, with the question to put to the customer. */
public enum MissingPart {
  CITY(AddressPart.CITY, "请问是哪个城市？", "Which city is it?"),
  STREET(
      AddressPart.ESTATE, "请问是哪个小区、大厦，或哪条路几号？", "Which estate or tower, or which road and number?"),
  NUMBER(AddressPart.NUMBER, "请问是几号？", "Which number on that road?"),
  BUILDING(AddressPart.BUILDING, "请问是几栋（几号楼）？", "Which building is it?"),
  ROOM(AddressPart.ROOM, "请问是几楼几室？", "Which floor and room?");

  private final AddressPart part;
  private final String chinese;
  private final String english;

  MissingPart(AddressPart part, String chinese, String english) {
    this.part = part;
    this.chinese = chinese;
    this.english = english;
  }

  /** The part that would answer it. */
  public AddressPart part() {
    return part;
  }

  /** The question in Chinese. */
  public String chinese() {
    return chinese;
  }

  /** The question in English. */
  public String english() {
    return english;
  }
}
