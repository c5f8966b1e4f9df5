package org.shanpai.order.address;

import java.util.List;

/**
 * One way to read the characters {@code [from, to)}.
 *
 * @param pieces what they are, in order; together they need not cover it: dashes in between may
 *     stay unread
 * @param score how well it fits, higher is better; a sum of them ranks whole readings
 * @param certainty how often such a reading is right where nothing competes with it, 0–100
 */
record Guess(int from, int to, List<Piece> pieces, double score, int certainty) {

  /** One part of an address. */
  record Piece(AddressPart part, int from, int to) {}

  static Guess of(AddressPart part, int from, int to, double score, int certainty) {
    return new Guess(from, to, List.of(new Piece(part, from, to)), score, certainty);
  }

  /** The first part, which must fit to what stands before. */
  AddressPart first() {
    return pieces.get(0).part();
  }

  /** The last part, to which what follows must fit. */
  AddressPart last() {
    return pieces.get(pieces.size() - 1).part();
  }
}
