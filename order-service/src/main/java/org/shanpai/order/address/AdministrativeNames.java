package org.shanpai.order.address;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Provinces, prefectures and the districts of the larger cities, by their full and short names,
 * from {@code address/divisions.txt}. Immutable.
 */
@ApplicationScoped
public class AdministrativeNames {

  /** No name is longer. */
  static final int LONGEST = 16;

  private static final String RESOURCE = "/address/divisions.txt";
  private static final List<String> ENDINGS =
      List.of("自治州", "地区", "自治县", "新区", "市", "区", "县", "旗", "盟");
  // Short forms of these would be everyday words.
  private static final Set<String> NEVER_SHORT =
      Set.of("高新区", "经开区", "工业园区", "政务区", "新市区", "东区", "西区", "南区", "市中区", "城中区", "新城区", "高新园区");

  /**
   * A division.
   *
   * @param part {@code PROVINCE}, {@code CITY} or {@code DISTRICT}
   * @param within the division above it; null for a province
   */
  record Division(AddressPart part, String name, Division within) {}

  /**
   * A name a division goes by.
   *
   * @param full whether the name says what kind of division it is
   */
  record Named(Division division, boolean full) {}

  private final Map<String, List<Named>> byName = new HashMap<>();

  public AdministrativeNames() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                AdministrativeNames.class.getResourceAsStream(RESOURCE), StandardCharsets.UTF_8))) {
      lines.lines().filter(line -> !line.startsWith("#") && !line.isBlank()).forEach(this::take);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void take(String line) {
    int colon = line.indexOf(':');
    String[] names = line.substring(0, colon).split("\\|");
    Division province = new Division(AddressPart.PROVINCE, names[0], null);
    for (int i = 0; i < names.length; i++) {
      add(names[i], new Named(province, i == 0));
    }
    for (String entry : line.substring(colon + 1).split(",")) {
      String text = entry.strip();
      int open = text.indexOf('[');
      Division city =
          new Division(AddressPart.CITY, open < 0 ? text : text.substring(0, open), province);
      addBoth(city);
      if (open >= 0) {
        for (String district : text.substring(open + 1, text.length() - 1).split(" ")) {
          addBoth(new Division(AddressPart.DISTRICT, district, city));
        }
      }
    }
  }

  private void addBoth(Division division) {
    add(division.name(), new Named(division, true));
    String brief = shortName(division.name());
    if (brief != null) {
      add(brief, new Named(division, false));
    }
  }

  private void add(String name, Named named) {
    byName.computeIfAbsent(name, key -> new ArrayList<>(1)).add(named);
  }

  /** The name without its ending, or null when that leaves less than two characters. */
  static String shortName(String name) {
    if (NEVER_SHORT.contains(name)) {
      return null;
    }
    for (String ending : ENDINGS) {
      if (name.endsWith(ending) && name.length() - ending.length() >= 2) {
        String brief = name.substring(0, name.length() - ending.length());
        int people = brief.indexOf('族');
        return people > 3 ? brief.substring(0, 2) : brief;
      }
    }
    return null;
  }

  /** Everything that goes by this name; empty when nothing does. */
  List<Named> find(String name) {
    return byName.getOrDefault(name, List.of());
  }

  /** The one division of that kind and name, if there is only one. */
  Optional<Division> only(AddressPart part, String name) {
    Division found = null;
    for (Named named : find(name)) {
      if (named.division().part() == part) {
        if (found != null && !found.equals(named.division())) {
          return Optional.empty();
        }
        found = named.division();
      }
    }
    return Optional.ofNullable(found);
  }

  /** The district of that name in that city. */
  Optional<Division> district(String name, Division city) {
    return find(name).stream()
        .map(Named::division)
        .filter(d -> d.part() == AddressPart.DISTRICT && d.within().equals(city))
        .findFirst();
  }
}
