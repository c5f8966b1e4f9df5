package org.shanpai.order.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Measures the recogniser on the labelled addresses and writes the figures to {@code
 * target/address-figures.md}. A part counts as right when its piece of the text is the labelled
 * one, spaces aside; of remarks all pieces together, punctuation aside.
 */
class LabelledAddressesTest {

  private final AddressRecogniser recogniser = new AddressRecogniser(new AdministrativeNames());

  /** Counts of one part. */
  private static final class Tally {
    int right;
    int tooMuch;
    int missed;

    double precision() {
      return right + tooMuch == 0 ? 1 : (double) right / (right + tooMuch);
    }

    double recall() {
      return right + missed == 0 ? 1 : (double) right / (right + missed);
    }
  }

  /** The figures of one half. */
  private static final class Figures {
    final Map<String, Tally> parts = new TreeMap<>(Comparator.comparing(Figures::rank));
    final Tally all = new Tally();
    int lines;
    int exact;

    private static int rank(String part) {
      return AddressPart.valueOf(part.toUpperCase(Locale.ROOT)).ordinal();
    }
  }

  private static String bare(String text) {
    return text.replaceAll("\\s", "");
  }

  private Figures measure(String split) {
    Figures figures = new Figures();
    for (LabelledAddresses.Line line : LabelledAddresses.read()) {
      if (line.split().equals(split)) {
        compare(line, recogniser.recognise(line.text(), true), figures);
      }
    }
    return figures;
  }

  private static void compare(
      LabelledAddresses.Line line, RecognisedAddress found, Figures figures) {
    Map<String, List<String>> wanted = new TreeMap<>();
    line.labels().forEach(label -> note(wanted, label.part(), label.text()));
    Map<String, List<String>> told = new TreeMap<>();
    found.parts().stream()
        .filter(RecognisedPart::written)
        .forEach(part -> note(told, part.part().text(), part.text()));
    found
        .phones()
        .forEach(phone -> note(told, "phone", line.text().substring(phone.start(), phone.end())));
    boolean exact = true;
    Set<String> kinds = new HashSet<>(wanted.keySet());
    kinds.addAll(told.keySet());
    for (String kind : kinds) {
      List<String> missed = joined(kind, wanted);
      List<String> tooMuch = joined(kind, told);
      int right = 0;
      for (String text : List.copyOf(missed)) {
        if (tooMuch.remove(text)) {
          missed.remove(text);
          right++;
        }
      }
      for (Tally tally :
          List.of(figures.parts.computeIfAbsent(kind, key -> new Tally()), figures.all)) {
        tally.right += right;
        tally.missed += missed.size();
        tally.tooMuch += tooMuch.size();
      }
      exact &= missed.isEmpty() && tooMuch.isEmpty();
    }
    figures.lines++;
    figures.exact += exact ? 1 : 0;
  }

  private static void note(Map<String, List<String>> to, String part, String text) {
    to.computeIfAbsent(part, key -> new ArrayList<>()).add(bare(text));
  }

  private static List<String> joined(String kind, Map<String, List<String>> by) {
    List<String> texts = new ArrayList<>(by.getOrDefault(kind, List.of()));
    if (kind.equals("remarks") && !texts.isEmpty()) {
      return new ArrayList<>(List.of(String.join("", texts).replaceAll("\\p{P}", "")));
    }
    return texts;
  }

  private static String table(Map<String, Figures> halves) {
    StringBuilder out = new StringBuilder("| |");
    halves.forEach((name, half) -> out.append(" %s precision | recall |".formatted(name)));
    out.append("\n|---|").append("---|".repeat(halves.size() * 2)).append('\n');
    for (String part : halves.get("dev").parts.keySet()) {
      out.append("| ").append(part).append(" |");
      halves.forEach((name, half) -> row(out, half.parts.getOrDefault(part, new Tally())));
      out.append('\n');
    }
    out.append("| all parts |");
    halves.forEach((name, half) -> row(out, half.all));
    out.append("\n| addresses wholly right |");
    halves.forEach(
        (name, half) ->
            out.append(
                String.format(
                    Locale.ROOT,
                    " %.1f %% of %d | |",
                    100.0 * half.exact / half.lines,
                    half.lines)));
    return out.append('\n').toString();
  }

  private static void row(StringBuilder out, Tally tally) {
    out.append(
        String.format(
            Locale.ROOT, " %.1f %% | %.1f %% |", 100 * tally.precision(), 100 * tally.recall()));
  }

  @Test
  void recogniserKeepsWhatWasMeasured() throws IOException {
    Figures dev = measure("dev");
    Figures heldOut = measure("held-out");
    Map<String, Figures> halves = new TreeMap<>(Map.of("dev", dev, "held-out", heldOut));
    Files.createDirectories(Path.of("target"));
    Files.writeString(Path.of("target", "address-figures.md"), table(halves));

    assertThat(dev.all.precision()).isGreaterThan(0.95);
    assertThat(dev.all.recall()).isGreaterThan(0.95);
    assertThat((double) dev.exact / dev.lines).isGreaterThan(0.83);
    assertThat(heldOut.all.precision()).isGreaterThan(0.935);
    assertThat(heldOut.all.recall()).isGreaterThan(0.93);
    assertThat((double) heldOut.exact / heldOut.lines).isGreaterThan(0.70);
  }

  @Test
  void setIsLargeVariedAndLabelledInsideItsTexts() {
    List<LabelledAddresses.Line> lines = LabelledAddresses.read();
    assertThat(lines).hasSizeGreaterThanOrEqualTo(500);
    Set<String> texts = new HashSet<>();
    Set<String> cities = new HashSet<>();
    for (LabelledAddresses.Line line : lines) {
      assertThat(texts.add(bare(line.text()).replaceAll("\\d", "0")))
          .as("line %d", line.id())
          .isTrue();
      int end = 0;
      for (LabelledAddresses.Label label : line.labels()) {
        assertThat(label.start()).as("line %d", line.id()).isGreaterThanOrEqualTo(end);
        assertThat(line.text().substring(label.start(), label.end())).isEqualTo(label.text());
        end = label.end();
        if (label.part().equals("city")) {
          cities.add(label.text().substring(0, 2));
        }
      }
    }
    assertThat(cities).hasSizeGreaterThan(50);
  }
}
