package org.shanpai.order.address;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.shanpai.order.address.AdministrativeNames.Division;
import org.shanpai.order.address.Guess.Piece;
import org.shanpai.order.address.Lattice.Chosen;

/**
 * Reads a pasted Chinese address: settles telephone numbers, lets the lexers guess, takes the best
 * reading of the whole, and tells how sure it is of each part. The same text always gives the same
 * answer. Time and memory are proportional to the length of the text. Thread-safe; keeps nothing.
 *
 * <p>How the confidence comes about: {@code docs/decisions/0013-address-recognition.md}.
 */
@ApplicationScoped
public class AddressRecogniser {

  /** Longest text taken, UTF-16 units. */
  public static final int LONGEST = 1_000;

  /** Below this a part is asked for rather than believed. */
  static final int BELIEVED = 45;

  private final AdministrativeNames names;
  private final RegionLexer regions;

  public AddressRecogniser(AdministrativeNames names) {
    this.names = names;
    this.regions = new RegionLexer(names);
  }

  /** A part while it is put together, in positions of the uniform text. */
  private record Found(AddressPart part, int from, int to, int confidence, int weight) {}

  /**
   * Reads a text.
   *
   * @param cityKnown whether the city is known from elsewhere, such as the store's
   * @throws IllegalArgumentException when the text is longer than {@link #LONGEST}
   */
  public RecognisedAddress recognise(String original, boolean cityKnown) {
    if (original.length() > LONGEST) {
      throw new IllegalArgumentException("text must have at most " + LONGEST + " characters");
    }
    PastedText text = PastedText.of(original);
    Guesses guesses = new Guesses(text);
    List<RecognisedPhone> phones = phones(text, guesses);
    regions.read(text, guesses);
    RoadLexer.read(text, guesses);
    EstateLexer.read(text, guesses);
    DoorLexer.read(text, guesses);
    PersonLexer.read(text, guesses);
    RemarkLexer.read(text, guesses);
    List<Chosen> reading = Lattice.best(text, guesses);
    List<RecognisedPart> parts = parts(text, found(text, reading));
    int understood = understood(text, reading);
    List<MissingPart> missing = Completeness.missing(parts, cityKnown);
    return new RecognisedAddress(
        parts, phones, Completeness.confidence(parts, missing, understood), missing);
  }

  private static List<RecognisedPhone> phones(PastedText text, Guesses guesses) {
    List<RecognisedPhone> phones = new ArrayList<>();
    for (int i = 0; i < text.length(); ) {
      Phones.Phone phone = Phones.at(text, i);
      if (phone == null) {
        i++;
        continue;
      }
      guesses.settle(Guess.of(AddressPart.PHONE, phone.from(), phone.to(), 10, 99));
      phones.add(
          new RecognisedPhone(
              phone.number(),
              phone.valid(),
              text.originalStart(phone.from()),
              text.originalEnd(phone.to())));
      i = phone.to();
    }
    return phones;
  }

  /** Pieces of the reading, those of one name joined. */
  private static List<Found> found(PastedText text, List<Chosen> reading) {
    List<Found> found = new ArrayList<>();
    for (Chosen chosen : reading) {
      Guess guess = chosen.guess();
      int sure = (int) Math.round(guess.certainty() * (1 - 0.5 * Math.exp(-chosen.margin() / 1.5)));
      for (Piece piece : guess.pieces()) {
        if (piece.part() == AddressPart.OTHER || piece.part() == AddressPart.PHONE) {
          continue;
        }
        Found next =
            new Found(piece.part(), piece.from(), piece.to(), sure, piece.to() - piece.from());
        Found last = found.isEmpty() ? null : found.get(found.size() - 1);
        if (last != null && joins(text, last, next)) {
          found.set(
              found.size() - 1,
              new Found(
                  last.part(),
                  last.from(),
                  next.to(),
                  (last.confidence() * last.weight() + next.confidence() * next.weight())
                      / (last.weight() + next.weight()),
                  last.weight() + next.weight()));
        } else {
          found.add(next);
        }
      }
    }
    return found;
  }

  private static boolean joins(PastedText text, Found last, Found next) {
    if (last.part() != next.part() || last.to() != next.from()) {
      return false;
    }
    return switch (next.part()) {
      case ROAD, VILLAGE, BUILDING, NUMBER -> text.gap(next.from()) == 0;
      case ESTATE -> text.gap(next.from()) <= PastedText.COMMA;
      default -> false;
    };
  }

  private List<RecognisedPart> parts(PastedText text, List<Found> found) {
    Map<AddressPart, Found> best = new EnumMap<>(AddressPart.class);
    List<RecognisedPart> parts = new ArrayList<>();
    for (Found one : found) {
      if (one.part() == AddressPart.REMARKS) {
        parts.add(written(text, one));
        continue;
      }
      Found other = best.get(one.part());
      if (one.part() == AddressPart.CITY
          && other != null
          && !best.containsKey(AddressPart.PROVINCE)) {
        // 上海上海市: the first is the province.
        best.put(
            AddressPart.PROVINCE,
            new Found(
                AddressPart.PROVINCE,
                other.from(),
                other.to(),
                other.confidence(),
                other.weight()));
        best.put(AddressPart.CITY, one);
      } else if (other == null || stronger(one, other)) {
        best.put(one.part(), one);
      }
    }
    best.values().forEach(one -> parts.add(written(text, one)));
    conclude(parts);
    parts.sort(Comparator.comparing(RecognisedPart::part).thenComparing(RecognisedPart::start));
    return List.copyOf(parts);
  }

  private static boolean stronger(Found one, Found other) {
    return one.confidence() * Math.min(one.weight(), 6)
        > other.confidence() * Math.min(other.weight(), 6);
  }

  private RecognisedPart written(PastedText text, Found found) {
    int from = found.from();
    int to = found.to();
    int end = text.originalEnd(to);
    return new RecognisedPart(
        found.part(),
        text.original(from, to),
        PartValue.of(found.part(), text.sub(from, to), names),
        text.originalStart(from),
        end,
        found.confidence());
  }

  /** Adds the city of a district and the province of a city where there is only one. */
  private void conclude(List<RecognisedPart> parts) {
    conclude(parts, AddressPart.DISTRICT, AddressPart.CITY);
    conclude(parts, AddressPart.CITY, AddressPart.PROVINCE);
  }

  private void conclude(List<RecognisedPart> parts, AddressPart from, AddressPart to) {
    if (parts.stream().anyMatch(part -> part.part() == to)) {
      return;
    }
    parts.stream()
        .filter(part -> part.part() == from)
        .findFirst()
        .flatMap(part -> names.only(from, part.value()).map(d -> implied(d.within(), part)))
        .ifPresent(parts::add);
  }

  private static RecognisedPart implied(Division division, RecognisedPart by) {
    return new RecognisedPart(
        division.part(), "", division.name(), -1, -1, Math.min(90, by.confidence()));
  }

  /** Percent of the letters and digits that became part of something. */
  private static int understood(PastedText text, List<Chosen> reading) {
    int unread = 0;
    for (Chosen chosen : reading) {
      if (chosen.guess().certainty() == 0) {
        for (int i = chosen.guess().from(); i < chosen.guess().to(); i++) {
          unread += text.han(i) || text.digit(i) || text.latin(i) ? 1 : 0;
        }
      }
    }
    return text.length() == 0 ? 0 : 100 - 100 * unread / text.length();
  }
}
