package org.shanpai.order.address;

import java.util.ArrayList;
import java.util.List;

/** The guesses at one text, by where they begin. Those that cross a gap pay for it. */
final class Guesses {

  private static final double[] CROSSING = {0, -1.2, -5, -9};
  private static final int[] DOUBT = {0, 5, 20, 30};

  private final PastedText text;
  private final List<List<Guess>> byStart;
  private final boolean[] closed;
  private final boolean[] names;

  Guesses(PastedText text) {
    this.text = text;
    byStart = new ArrayList<>(text.length());
    for (int i = 0; i < text.length(); i++) {
      byStart.add(new ArrayList<>(8));
    }
    closed = new boolean[text.length()];
    names = new boolean[text.length() + 1];
  }

  /** Says that {@code [from, to)} is settled: nothing else is guessed into it. */
  void settle(Guess guess) {
    for (int i = guess.from(); i < guess.to(); i++) {
      closed[i] = true;
      byStart.get(i).clear();
    }
    byStart.get(guess.from()).add(guess);
  }

  /** Notes that somebody's name may begin in the middle of a chunk, behind a shop's. */
  void nameStarts(int i) {
    names[i] = true;
  }

  boolean nameStartsAt(int i) {
    return names[i];
  }

  boolean closed(int i) {
    return i < closed.length && closed[i];
  }

  void add(AddressPart part, int from, int to, double score, int certainty) {
    add(Guess.of(part, from, to, score, certainty));
  }

  /** Adds a guess unless it reaches into something settled or is there, as good, already. */
  void add(Guess guess) {
    for (Guess.Piece piece : guess.pieces()) {
      if (text.joined(piece.from()) || text.joined(piece.to())) {
        return;
      }
    }
    for (int i = guess.from(); i < guess.to(); i++) {
      if (closed[i]) {
        return;
      }
    }
    double score = guess.score();
    int strongest = 0;
    for (int i = guess.from() + 1; i < guess.to(); i++) {
      int gap = text.gap(i);
      if (gap > 0
          && !(text.latin(i - 1) && (text.latin(i) || text.digit(i)) && gap == PastedText.SPACE)) {
        score += CROSSING[gap];
        strongest = Math.max(strongest, gap);
      }
    }
    Guess kept =
        strongest == 0
            ? guess
            : new Guess(
                guess.from(),
                guess.to(),
                guess.pieces(),
                score,
                Math.max(10, guess.certainty() - DOUBT[strongest]));
    List<Guess> there = byStart.get(guess.from());
    for (int k = 0; k < there.size(); k++) {
      Guess other = there.get(k);
      if (other.to() == kept.to() && other.pieces().equals(kept.pieces())) {
        if (other.score() < kept.score()) {
          there.set(k, kept);
        }
        return;
      }
    }
    there.add(kept);
  }

  List<Guess> at(int from) {
    return byStart.get(from);
  }

  /** Whether a gap or something settled ends here: names and remarks end at such places. */
  boolean border(int i) {
    return i == 0
        || i >= text.length()
        || text.gap(i) > 0
        || closed[i] != closed[i - 1]
        || closed[i];
  }
}
