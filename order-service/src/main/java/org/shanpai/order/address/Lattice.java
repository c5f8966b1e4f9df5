package org.shanpai.order.address;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the best reading of a whole text: the chain of guesses with the highest sum of their scores
 * and of how well each part follows the one before. Exact (Viterbi), in time proportional to the
 * length of the text, because a guess reaches a bounded number of characters.
 *
 * <p>The state between two guesses is the last part of a place that was read, so that a room is
 * expected behind a unit even when a telephone number stands between them.
 */
final class Lattice {

  /** The margin told when nothing competes. */
  private static final double UNRIVALLED = 12;

  private static final double IMPOSSIBLE = -1e9;
  private static final int START = AddressPart.ROOM.ordinal() + 1;
  private static final int STATES = START + 1;
  private static final double[][] FOLLOWS = new double[STATES][START];

  static {
    for (int before = 0; before < START; before++) {
      for (int next = 0; next < START; next++) {
        FOLLOWS[before][next] =
            next > before ? 0 : next == before ? -2 : -3 - 0.3 * (before - next);
      }
    }
    follows("PROVINCE", "CITY", 0.5);
    follows("CITY", "DISTRICT", 0.5);
    follows("DISTRICT", "TOWN", 0.3);
    follows("DISTRICT", "ROAD", 0.3);
    follows("ROAD", "NUMBER", 0.8);
    follows("VILLAGE", "NUMBER", 0.4);
    follows("NUMBER", "ESTATE", 0.3);
    follows("ESTATE", "BUILDING", 0.7);
    follows("NUMBER", "BUILDING", -0.2);
    follows("BUILDING", "UNIT", 0.5);
    follows("BUILDING", "FLOOR", 0.2);
    follows("BUILDING", "ROOM", 0.5);
    follows("UNIT", "ROOM", 0.6);
    follows("UNIT", "FLOOR", 0.3);
    follows("FLOOR", "ROOM", 0.5);
    follows("ESTATE", "ROOM", 0.2);
    follows("ESTATE", "UNIT", -0.3);
    follows("ROAD", "ROAD", -0.5);
    follows("ESTATE", "ESTATE", -0.5);
    follows("BUILDING", "BUILDING", -0.5);
    follows("VILLAGE", "VILLAGE", -0.3);
    follows("CITY", "CITY", -0.5);
    follows("NUMBER", "NUMBER", -0.6);
    follows("ROOM", "ROOM", -2.5);
    follows("ESTATE", "ROAD", -0.9);
    follows("ESTATE", "NUMBER", -1.3);
    follows("ESTATE", "VILLAGE", -2);
    follows("ROAD", "VILLAGE", -0.4);
    follows("NUMBER", "VILLAGE", -2);
    follows("NUMBER", "ROAD", -2.2);
    follows("FLOOR", "BUILDING", -1.4);
    for (String early : List.of("PROVINCE", "CITY", "DISTRICT", "TOWN")) {
      follows(early, "NUMBER", -2);
      follows(early, "BUILDING", -0.6);
      follows(early, "UNIT", -1);
      follows(early, "FLOOR", -1);
      follows(early, "ROOM", -1.5);
    }
    for (String late : List.of("BUILDING", "UNIT", "FLOOR", "ROOM")) {
      follows("ROAD", late, -0.8);
      follows("VILLAGE", late, -0.3);
    }
    FOLLOWS[START][AddressPart.NUMBER.ordinal()] = -1.5;
    FOLLOWS[START][AddressPart.UNIT.ordinal()] = -0.8;
    FOLLOWS[START][AddressPart.FLOOR.ordinal()] = -0.8;
    FOLLOWS[START][AddressPart.ROOM.ordinal()] = -1.2;
  }

  private static void follows(String before, String next, double score) {
    FOLLOWS[AddressPart.valueOf(before).ordinal()][AddressPart.valueOf(next).ordinal()] = score;
  }

  /**
   * A guess of the best reading.
   *
   * @param margin how much worse the best reading is that calls this piece something else, or draws
   *     its borders elsewhere; 0 or more
   */
  record Chosen(Guess guess, double margin) {}

  private final PastedText text;
  private final Guesses guesses;
  private final double[][] ahead;
  private final double[][] behind;

  private Lattice(PastedText text, Guesses guesses) {
    this.text = text;
    this.guesses = guesses;
    ahead = fresh();
    behind = fresh();
  }

  /** The best reading, from left to right. */
  static List<Chosen> best(PastedText text, Guesses guesses) {
    if (text.length() == 0) {
      return List.of();
    }
    return new Lattice(text, guesses).solve();
  }

  private double[][] fresh() {
    double[][] table = new double[text.length() + 1][STATES];
    for (double[] row : table) {
      Arrays.fill(row, IMPOSSIBLE);
    }
    return table;
  }

  private List<Chosen> solve() {
    int n = text.length();
    Guess[][] by = new Guess[n + 1][STATES];
    int[][] from = new int[n + 1][STATES];
    ahead[0][START] = 0;
    for (int i = 0; i < n; i++) {
      for (Guess guess : at(i)) {
        for (int state = 0; state < STATES; state++) {
          if (ahead[i][state] <= IMPOSSIBLE) {
            continue;
          }
          double score = ahead[i][state] + worth(guess, state);
          int next = after(guess, state);
          if (score > ahead[guess.to()][next]) {
            ahead[guess.to()][next] = score;
            by[guess.to()][next] = guess;
            from[guess.to()][next] = state;
          }
        }
      }
    }
    lookBack(n);
    return trace(n, by, from);
  }

  private void lookBack(int n) {
    Arrays.fill(behind[n], 0);
    for (int i = n - 1; i >= 0; i--) {
      for (Guess guess : at(i)) {
        for (int state = 0; state < STATES; state++) {
          double score = worth(guess, state) + behind[guess.to()][after(guess, state)];
          behind[i][state] = Math.max(behind[i][state], score);
        }
      }
    }
  }

  private List<Chosen> trace(int n, Guess[][] by, int[][] from) {
    int state = 0;
    for (int s = 1; s < STATES; s++) {
      if (ahead[n][s] > ahead[n][state]) {
        state = s;
      }
    }
    double best = ahead[n][state];
    List<Guess> chain = new ArrayList<>();
    for (int at = n; at > 0; ) {
      Guess guess = by[at][state];
      state = from[at][state];
      chain.add(0, guess);
      at = guess.from();
    }
    double[] rivals = rivals(chain, n);
    List<Chosen> chosen = new ArrayList<>();
    for (int k = 0; k < chain.size(); k++) {
      double margin = rivals[k] <= IMPOSSIBLE ? UNRIVALLED : Math.max(0, best - rivals[k]);
      chosen.add(new Chosen(chain.get(k), Math.min(margin, UNRIVALLED)));
    }
    return chosen;
  }

  /** For each guess of the chain the best whole reading that has another guess over some of it. */
  private double[] rivals(List<Guess> chain, int n) {
    int[] owner = new int[n];
    for (int k = 0; k < chain.size(); k++) {
      Arrays.fill(owner, chain.get(k).from(), chain.get(k).to(), k);
    }
    double[] rivals = new double[chain.size()];
    Arrays.fill(rivals, IMPOSSIBLE);
    for (int i = 0; i < n; i++) {
      for (Guess guess : at(i)) {
        double through = IMPOSSIBLE;
        for (int state = 0; state < STATES; state++) {
          if (ahead[i][state] > IMPOSSIBLE) {
            double score =
                ahead[i][state] + worth(guess, state) + behind[guess.to()][after(guess, state)];
            through = Math.max(through, score);
          }
        }
        for (int k = owner[guess.from()]; k <= owner[guess.to() - 1]; k++) {
          Guess mine = chain.get(k);
          boolean same =
              mine.from() == guess.from()
                  && mine.to() == guess.to()
                  && mine.first() == guess.first();
          if (!same) {
            rivals[k] = Math.max(rivals[k], through);
          }
        }
      }
    }
    return rivals;
  }

  /** The guesses at a place; one more leaves a character, or a run of digits or letters, unread. */
  private List<Guess> at(int i) {
    List<Guess> found = guesses.at(i);
    if (guesses.closed(i) || !found.isEmpty() && unread(found.get(found.size() - 1))) {
      return found;
    }
    int to = i + 1;
    while (text.joined(to)) {
      to++;
    }
    boolean run = text.digit(i) || text.latin(i);
    while (run
        && to < text.length()
        && to < i + 12
        && text.gap(to) == 0
        && !guesses.closed(to)
        && (text.digit(i) ? text.digit(to) : text.latin(to))) {
      to++;
    }
    double score = text.han(i) ? -2.2 : run ? -3 : -0.6;
    found.add(Guess.of(AddressPart.OTHER, i, to, score, 0));
    return found;
  }

  private static boolean unread(Guess guess) {
    return guess.certainty() == 0;
  }

  private double worth(Guess guess, int state) {
    double score = guess.score();
    if (guess.first().place()) {
      double step = FOLLOWS[state][guess.first().ordinal()];
      // In front of a comma people do begin again, with the district behind the street.
      score += step < -2 ? begunAgain(guess, step) : step;
    }
    return score;
  }

  /** Behind a gap people do begin again, with the district behind the street. */
  private double begunAgain(Guess guess, double step) {
    int gap = text.gap(guess.from());
    if (gap >= PastedText.COMMA) {
      return step / 2;
    }
    boolean known =
        guess.first().ordinal() <= AddressPart.DISTRICT.ordinal() && guess.certainty() > 95;
    return gap == PastedText.SPACE && known ? step / 3 : step;
  }

  private static int after(Guess guess, int state) {
    return guess.last().place() ? guess.last().ordinal() : state;
  }
}
