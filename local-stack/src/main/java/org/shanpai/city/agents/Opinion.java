package org.shanpai.city.agents;

import java.util.Random;
import org.shanpai.city.plan.Fate;
import org.shanpai.city.plan.Placement;
import org.shanpai.stack.Chance;

/**
 * What a customer says of a delivery afterwards.
 *
 * @param founded whether a complaint is true
 * @param afterMillis city milliseconds after the hand-over
 */
record Opinion(Kind kind, boolean founded, long afterMillis) {

  /** What is said, if anything. */
  enum Kind {
    NOTHING(null, null, null),
    RATING("rating", null, null),
    PRAISE("praise", "FRIENDLY", null),
    SPILLED("complaint", "SPILLED", "CX1"),
    RUDE("complaint", "RUDE", "CX2"),
    ASTRAY("complaint", "WRONG_PLACE", "CX3"),
    LATE("complaint", "LATE", "LATENESS");

    private final String path;
    private final String tag;
    private final String finding;

    Kind(String path, String tag, String finding) {
      this.path = path;
      this.tag = tag;
      this.finding = finding;
    }

    String path() {
      return path;
    }

    String tag() {
      return tag;
    }

    /** What a manager finds who believes it. */
    String finding() {
      return finding;
    }

    boolean complaint() {
      return finding != null;
    }
  }

  private static final double MINUTE = 60_000;

  /** Each so manieth customer complains whatever chance says, so that small cities see it, too. */
  private static final int EACH = 12;

  /** What becomes of a placement by chance; the same in every city of that seed. */
  static Opinion of(Placement placement, long seed) {
    Random random = Chance.of(seed, "opinion " + placement.number());
    double what = random.nextDouble();
    boolean founded = random.nextBoolean();
    long after = (long) ((0.5 + 2 * random.nextDouble()) * MINUTE);
    boolean sure = placement.number() % EACH == 5;
    if (placement.blunder() != null || placement.fate() != Fate.TAKES_IT) {
      return new Opinion(Kind.NOTHING, false, 0);
    }
    Kind kind =
        sure || what < 0.05
            ? random.nextBoolean() ? Kind.SPILLED : Kind.RUDE
            : what < 0.07
                ? Kind.LATE
                : what < 0.17 ? Kind.PRAISE : what < 0.25 ? Kind.RATING : Kind.NOTHING;
    return new Opinion(kind, founded, after);
  }

  /** What customers say of a rider who leaves goods at any door. */
  static Opinion astray(Opinion usual) {
    return new Opinion(Kind.ASTRAY, true, (long) Math.max(usual.afterMillis(), MINUTE));
  }
}
