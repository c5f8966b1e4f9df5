package org.shanpai.dispatch;

import io.quarkus.test.Mock;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.shanpai.dispatch.wave.Solver;
import org.shanpai.engine.Plan;
import org.shanpai.engine.SolveLimit;
import org.shanpai.engine.Wave;

/** The engine, which a test can make fail on full waves, or whose plans it can change. */
@Mock
@ApplicationScoped
public class ShakySolver extends Solver {

  private static final List<SolveLimit> LIMITS = new CopyOnWriteArrayList<>();
  private static volatile String broken;
  private static volatile boolean insertionToo;
  private static volatile UnaryOperator<Plan> change;

  /** From now on every wave with a search fails with these words; null mends it. */
  static void breaks(String words) {
    broken = words;
    insertionToo = false;
    LIMITS.clear();
  }

  /** Every wave fails with these words, with a search or without. */
  static void breaksWholly(String words) {
    breaks(words);
    insertionToo = true;
  }

  /** The next plan is changed so. */
  static void next(UnaryOperator<Plan> deed) {
    change = deed;
  }

  /** The limits asked for since it was broken or mended. */
  static List<SolveLimit> limits() {
    return new ArrayList<>(LIMITS);
  }

  @Override
  public Plan solve(Wave wave) {
    LIMITS.add(wave.limit());
    if (broken != null && (wave.limit().steps() != 0 || insertionToo)) {
      throw new IllegalStateException(broken);
    }
    Plan plan = super.solve(wave);
    UnaryOperator<Plan> deed = change;
    change = null;
    return deed == null ? plan : deed.apply(plan);
  }
}
