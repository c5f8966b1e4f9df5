package org.shanpai.order.address;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a building is looked up by; uniform, {@code ""} when the address does not say. Nothing
 * personal is in it: it ends at the building.
 *
 * @param estate name of the estate, tower or campus, or of the village with the number in it
 * @param road road and number
 * @param building the building's own number or name
 */
public record BuildingKey(String estate, String road, String building) {

  /** Certainty from which a name is taken for that of a place. */
  private static final int SURE_NAME = 60;

  /** The key of a recognised address. */
  public static BuildingKey of(RecognisedAddress address) {
    String number = sure(address, AddressPart.NUMBER, 0);
    String village = sure(address, AddressPart.VILLAGE, SURE_NAME);
    String estate = sure(address, AddressPart.ESTATE, SURE_NAME);
    String road = sure(address, AddressPart.ROAD, SURE_NAME);
    if (estate.isEmpty() && road.isEmpty() && !number.isEmpty() && !village.isEmpty()) {
      estate = village + number;
    }
    return of(estate, road, number, sure(address, AddressPart.BUILDING, 0));
  }

  /** The key of the parts as they are written; null for one that is not known. */
  public static BuildingKey of(String estate, String road, String number, String building) {
    boolean numbered = !uniform(road).isEmpty() && !uniform(number).isEmpty();
    return new BuildingKey(
        uniform(estate).replaceFirst("(?<=..)小区$", ""),
        numbered ? uniform(road) + uniform(number) : "",
        uniform(building).replaceFirst("(?<=[0-9A-Z])(?:号楼|栋|幢|座|#)$", ""));
  }

  /** Whether it names a place at all. */
  public boolean telling() {
    return !estate.isEmpty() || !road.isEmpty();
  }

  /** Pairs of neighbouring characters of the estate, for names that are mistyped. */
  public Set<String> grams() {
    return grams(estate);
  }

  static Set<String> grams(String name) {
    Set<String> grams = new TreeSet<>();
    for (int i = 0; i + 2 <= name.length(); i++) {
      grams.add(name.substring(i, i + 2));
    }
    return grams;
  }

  /** How alike two names are, 0–1: the share of pairs they have in common (Dice). */
  static double likeness(String one, String other) {
    if (one.equals(other)) {
      return 1;
    }
    Set<String> left = grams(one);
    Set<String> right = grams(other);
    long common = left.stream().filter(right::contains).count();
    return left.isEmpty() || right.isEmpty() ? 0 : 2.0 * common / (left.size() + right.size());
  }

  private static String sure(RecognisedAddress address, AddressPart part, int least) {
    return address
        .part(part)
        .filter(found -> found.confidence() >= least)
        .map(RecognisedPart::value)
        .orElse("");
  }

  private static String uniform(String text) {
    if (text == null) {
      return "";
    }
    PastedText clean = PastedText.of(text);
    String value = Numerals.withDigits(clean.text()).toUpperCase(Locale.ROOT);
    return String.join("", Arrays.asList(value.split("[·*]")));
  }
}
