package org.shanpai.city.agents;

import java.util.Random;
import org.shanpai.city.plan.Fate;
import org.shanpai.city.plan.Placement;
import org.shanpai.stack.Chance;

/**
 * What merchant and customer of one order mean to do besides ordering and eating. Times are city
 * milliseconds after the placement.
 *
 * @param quoted whether a price is asked for and locked before
 * @param tipFen what the customer promises the rider; 0 for nothing
 * @param tipMillis when
 * @param raisedTipFen to how much the tip rises some minutes later; 0 for not at all
 * @param doorMillis when the customer moves to the house next door; −1 for never
 * @param phoneMillis when the customer tells another phone; −1 for never
 * @param nudgeMillis when the customer asks where it is; −1 for never
 * @param bulky whether it is more than one rider's load
 * @param bookedMinutes how far ahead it is booked; 0 for now
 * @param dropPoint whether it may be left at the door
 */
record Dealing(
    boolean quoted,
    int tipFen,
    long tipMillis,
    int raisedTipFen,
    long doorMillis,
    long phoneMillis,
    long nudgeMillis,
    boolean bulky,
    int bookedMinutes,
    boolean dropPoint) {

  private static final double MINUTE = 60_000;

  /** Nothing besides. */
  static final Dealing PLAIN = new Dealing(false, 0, 0, 0, -1, -1, -1, false, 0, false);

  /** What becomes of a placement by chance; the same in every city of that seed. */
  static Dealing of(Placement placement, long seed) {
    Random random = Chance.of(seed, "dealing " + placement.number());
    boolean quoted = random.nextDouble() < 0.6;
    int tip = random.nextDouble() < 0.08 ? 100 * (1 + random.nextInt(5)) : 0;
    long tipAt = (long) ((1 + 6 * random.nextDouble()) * MINUTE);
    int raised = tip > 0 && random.nextDouble() < 0.4 ? tip + 100 * (1 + random.nextInt(4)) : 0;
    long door = at(random, 0.03, 0.5, 6);
    long phone = at(random, 0.02, 1, 20);
    long nudge = at(random, 0.06, 18, 34);
    boolean bulky = random.nextDouble() < 0.03;
    int booked = random.nextDouble() < 0.03 ? 40 + random.nextInt(20) : 0;
    boolean dropPoint = random.nextDouble() < 0.15;
    if (placement.blunder() != null) {
      return PLAIN;
    }
    if (placement.fate() != Fate.TAKES_IT || placement.promiseSeconds() != null) {
      // Whoever cancels, is away or refuses plans nothing; a replayed order is as it was.
      return new Dealing(
          quoted && placement.promiseSeconds() == null, 0, 0, 0, -1, -1, nudge, false, 0, false);
    }
    return new Dealing(
        quoted, tip, tipAt, raised, door, phone, nudge, bulky, bulky ? 0 : booked, dropPoint);
  }

  private static long at(Random random, double share, double from, double to) {
    boolean happens = random.nextDouble() < share;
    long when = (long) ((from + (to - from) * random.nextDouble()) * MINUTE);
    return happens ? when : -1;
  }
}
