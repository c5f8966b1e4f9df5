package org.shanpai.dispatch.replay;

import java.lang.reflect.RecordComponent;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.shanpai.engine.Plan;
import org.shanpai.engine.SolveLimit;
import org.shanpai.engine.Wave;

/** Runs a stored wave again and says whether the answer is the same. */
public final class Rerun {

  /** How it came out. */
  public enum Verdict {
    /** The same answer to the last line. */
    SAME,
    /** Another answer, or the stored failure did not happen again. */
    DIFFERS,
    /** Stored by another engine version: whatever came out would prove nothing. */
    OTHER_ENGINE
  }

  /**
   * What came out.
   *
   * @param difference where the answers part; null when they do not, or none was sought
   * @param said one sentence
   */
  public record Outcome(Verdict verdict, WaveAnswer.Difference difference, String said) {}

  private final Function<Wave, Plan> engine;
  private final String engineVersion;

  /**
   * @param engine solves a wave
   * @param engineVersion of that engine
   */
  public Rerun(Function<Wave, Plan> engine, String engineVersion) {
    this.engine = engine;
    this.engineVersion = engineVersion;
  }

  /** Runs it: up to the stored number of steps, or as it was limited when it failed. */
  public Outcome run(WaveFile file) {
    if (!engineVersion.equals(file.engineVersion())) {
      return new Outcome(
          Verdict.OTHER_ENGINE,
          null,
          "Wave %s was decided by engine version %s; this is version %s, whose answer would prove nothing."
              .formatted(file.waveId(), file.engineVersion(), engineVersion));
    }
    boolean failed = file.failure() != null;
    SolveLimit limit = failed ? file.wave().limit() : SolveLimit.steps(file.steps());
    String failure = null;
    WaveAnswer found;
    try {
      Plan plan = engine.apply(within(file.wave(), limit));
      failure = plan.stats().failure();
      found = WaveAnswer.of(plan);
    } catch (RuntimeException | StackOverflowError | LinkageError | AssertionError e) {
      failure = e.toString();
      found = WaveAnswer.of(e);
    }
    if (failed) {
      return Objects.equals(failure, file.failure())
          ? new Outcome(
              Verdict.SAME, null, "Wave %s fails again: %s".formatted(file.waveId(), failure))
          : new Outcome(
              Verdict.DIFFERS,
              null,
              "Wave %s failed with \"%s\"; now: %s."
                  .formatted(
                      file.waveId(),
                      file.failure(),
                      failure == null ? "no failure" : "\"" + failure + "\""));
    }
    Optional<WaveAnswer.Difference> difference = new WaveAnswer(file.answer()).differenceTo(found);
    return difference
        .map(
            d ->
                new Outcome(
                    Verdict.DIFFERS,
                    d,
                    "Wave %s has another answer, from line %d on:%n  stored: %s%n  now:    %s"
                        .formatted(file.waveId(), d.line(), d.stored(), d.found())))
        .orElseGet(
            () ->
                new Outcome(
                    Verdict.SAME,
                    null,
                    "Wave %s: the same answer after %d steps, digest %s."
                        .formatted(file.waveId(), file.steps(), file.digest())));
  }

  /** The same wave, whatever else it is made of, under another limit. */
  public static Wave within(Wave wave, SolveLimit limit) {
    RecordComponent[] parts = Wave.class.getRecordComponents();
    Object[] values = new Object[parts.length];
    Class<?>[] types = new Class<?>[parts.length];
    try {
      for (int i = 0; i < parts.length; i++) {
        types[i] = parts[i].getType();
        values[i] = types[i] == SolveLimit.class ? limit : parts[i].getAccessor().invoke(wave);
      }
      return Wave.class.getDeclaredConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a wave cannot be copied", e);
    }
  }
}
