package org.shanpai.order.address;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** What an address still needs to lead to one door, and how sure the whole is. */
final class Completeness {

  private Completeness() {}

  /** The parts to ask for, the most needed first. */
  static List<MissingPart> missing(List<RecognisedPart> parts, boolean cityKnown) {
    List<MissingPart> missing = new ArrayList<>();
    boolean estate = has(parts, AddressPart.ESTATE);
    boolean number = has(parts, AddressPart.NUMBER);
    boolean building = has(parts, AddressPart.BUILDING);
    boolean road = has(parts, AddressPart.ROAD);
    boolean village = has(parts, AddressPart.VILLAGE);
    boolean door = has(parts, AddressPart.ROOM) || has(parts, AddressPart.FLOOR);
    if (!cityKnown && !has(parts, AddressPart.CITY) && !has(parts, AddressPart.DISTRICT)) {
      missing.add(MissingPart.CITY);
    }
    if (!estate && !number && !building) {
      missing.add(road || village ? MissingPart.NUMBER : MissingPart.STREET);
    } else if (!estate && !road && !village) {
      missing.add(MissingPart.STREET);
    }
    boolean homes = estate && homes(parts);
    if (homes && !building && !number) {
      missing.add(MissingPart.BUILDING);
    } else if (estate && !building && has(parts, AddressPart.UNIT)) {
      missing.add(MissingPart.BUILDING);
    }
    if (!door && (building || homes)) {
      missing.add(MissingPart.ROOM);
    }
    return List.copyOf(missing);
  }

  /**
   * How sure the whole is.
   *
   * @param understood percent of the text that became part of something
   */
  static int confidence(List<RecognisedPart> parts, List<MissingPart> missing, int understood) {
    List<RecognisedPart> leading =
        parts.stream()
            .filter(part -> part.part().place() && part.written())
            .filter(
                part ->
                    part.part().ordinal() >= AddressPart.ROAD.ordinal()
                        || part.part() == AddressPart.VILLAGE)
            .toList();
    if (leading.isEmpty()) {
      return Math.min(20, 5 * (int) parts.stream().filter(part -> part.part().place()).count());
    }
    double mean = leading.stream().mapToInt(RecognisedPart::confidence).average().orElse(0);
    int least = leading.stream().mapToInt(RecognisedPart::confidence).min().orElse(0);
    double sure = (mean + least) / 2 * understood / 100;
    for (MissingPart part : missing) {
      sure *=
          switch (part) {
            case CITY -> 0.8;
            case STREET -> 0.4;
            case NUMBER -> 0.5;
            case BUILDING -> 0.6;
            case ROOM -> 0.85;
          };
    }
    return (int) Math.round(Math.max(0, Math.min(100, sure)));
  }

  private static boolean homes(List<RecognisedPart> parts) {
    return parts.stream()
        .filter(part -> part.part() == AddressPart.ESTATE)
        .anyMatch(part -> EstateLexer.HOMES.stream().anyMatch(part.value()::contains));
  }

  private static boolean has(List<RecognisedPart> parts, AddressPart kind) {
    Predicate<RecognisedPart> believed =
        part -> part.part() == kind && part.confidence() >= AddressRecogniser.BELIEVED;
    return parts.stream().anyMatch(believed);
  }
}
