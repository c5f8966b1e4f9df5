package org.shanpai.dispatch.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shanpai.engine.DispatchEngine;
import org.shanpai.engine.Plan;
import org.shanpai.engine.SolveLimit;
import org.shanpai.engine.TravelTimes;
import org.shanpai.engine.Wave;

/** A stored wave is read as it was written, and run again to the same answer. */
class RerunTest {

  private static final DispatchEngine ENGINE = new DispatchEngine(System::nanoTime);

  @TempDir Path folder;

  private static WaveFile stored(Wave wave) {
    Plan plan = ENGINE.solve(wave);
    return WaveFile.of(
        "w-1",
        EngineVersion.present(),
        wave,
        plan.stats().steps(),
        plan.stats().failure(),
        WaveAnswer.of(plan));
  }

  private static Rerun rerun() {
    return new Rerun(ENGINE::solve, EngineVersion.present());
  }

  @Test
  void waveComesBackFromItsBytesAsItWas() throws ReflectiveOperationException {
    WaveFile file = stored(SmallWaves.rush(7, SolveLimit.wallMillis(60)));
    WaveFile read = WaveFile.read(file.toBytes());
    for (RecordComponent part : Wave.class.getRecordComponents()) {
      if (part.getType() != TravelTimes.class) {
        assertThat(part.getAccessor().invoke(read.wave()))
            .as(part.getName())
            .usingRecursiveComparison()
            .isEqualTo(part.getAccessor().invoke(file.wave()));
      }
    }
    assertThat(read.wave().times().toCells()).isEqualTo(file.wave().times().toCells());
    assertThat(read.answer()).isEqualTo(file.answer()).isNotEmpty();
    assertThat(read.digest()).isEqualTo(file.digest());
  }

  @Test
  void anotherLimitLeavesEverythingElseOfTheWaveAsItIs() throws ReflectiveOperationException {
    Wave wave = SmallWaves.rush(7, SolveLimit.wallMillis(60));
    Wave other = Rerun.within(wave, SolveLimit.steps(5));
    assertThat(other.limit()).isEqualTo(SolveLimit.steps(5));
    for (RecordComponent part : Wave.class.getRecordComponents()) {
      if (part.getType() != SolveLimit.class) {
        assertThat(part.getAccessor().invoke(other))
            .as(part.getName())
            .isEqualTo(part.getAccessor().invoke(wave));
      }
    }
  }

  @Test
  void oneWayStreetsAndMissingWaysComeBackToo() {
    int none = TravelTimes.UNREACHABLE;
    int[] cells = {0, 5, none, 900, 0, none, none, 7, 0};
    Wave wave = SmallWaves.rush(1, SolveLimit.steps(10));
    Wave odd =
        new Wave(
            "a",
            wave.nowMillis(),
            1,
            List.of(),
            List.of(),
            TravelTimes.of(3, cells),
            wave.weights(),
            wave.limit());
    assertThat(WaveFile.read(stored(odd).toBytes()).wave().times().toCells()).isEqualTo(cells);
  }

  @Test
  void waveThatRanOutOfTimeIsRunAgainToTheSameStepAndAnswer() {
    for (int seed = 1; seed <= 5; seed++) {
      WaveFile file =
          WaveFile.read(stored(SmallWaves.rush(seed, SolveLimit.wallMillis(80))).toBytes());
      assertThat(file.steps()).as("the search ran").isPositive();
      Rerun.Outcome outcome = rerun().run(file);
      assertThat(outcome.said()).contains("the same answer after " + file.steps() + " steps");
      assertThat(outcome.verdict()).isEqualTo(Rerun.Verdict.SAME);
    }
  }

  @Test
  void anotherAnswerIsToldByItsFirstLine() {
    WaveFile file = stored(SmallWaves.rush(3, SolveLimit.steps(200)));
    List<String> changed = new ArrayList<>(file.answer());
    changed.set(2, "nobody j-3 by=NO_ROOM");
    WaveFile forged =
        WaveFile.of(
            file.waveId(),
            file.engineVersion(),
            file.wave(),
            file.steps(),
            null,
            new WaveAnswer(changed));
    Rerun.Outcome outcome = rerun().run(forged);
    assertThat(outcome.verdict()).isEqualTo(Rerun.Verdict.DIFFERS);
    assertThat(outcome.difference().line()).isEqualTo(3);
    assertThat(outcome.difference().stored()).isEqualTo("nobody j-3 by=NO_ROOM");
    assertThat(outcome.difference().found()).isEqualTo(file.answer().get(2));
  }

  @Test
  void fewerStepsAreAnotherAnswer() {
    WaveFile file = stored(SmallWaves.rush(3, SolveLimit.steps(3_000)));
    WaveFile shorter =
        WaveFile.of(
            file.waveId(),
            file.engineVersion(),
            file.wave(),
            0,
            null,
            new WaveAnswer(file.answer()));
    assertThat(rerun().run(shorter).verdict()).isEqualTo(Rerun.Verdict.DIFFERS);
  }

  @Test
  void versionIsTheOneTheEngineItselfTells() {
    Plan plan = ENGINE.solve(SmallWaves.rush(3, SolveLimit.steps(0)));
    assertThat(EngineVersion.present()).isEqualTo(plan.stats().engineVersion());
  }

  @Test
  void anotherEngineVersionRefuses() {
    WaveFile file = stored(SmallWaves.rush(3, SolveLimit.steps(20)));
    Rerun.Outcome outcome = new Rerun(ENGINE::solve, "0-other").run(file);
    assertThat(outcome.verdict()).isEqualTo(Rerun.Verdict.OTHER_ENGINE);
    assertThat(outcome.said()).contains("version " + EngineVersion.present()).contains("0-other");
  }

  @Test
  void failedWaveFailsAgainOrSaysThatItDoesNot() {
    Wave wave = SmallWaves.rush(3, SolveLimit.steps(20));
    IllegalStateException broken = new IllegalStateException("no such stop");
    WaveFile file =
        WaveFile.of(
            "w-2", EngineVersion.present(), wave, 0, broken.toString(), WaveAnswer.of(broken));
    Rerun again =
        new Rerun(
            w -> {
              throw new IllegalStateException("no such stop");
            },
            EngineVersion.present());
    assertThat(again.run(file).verdict()).isEqualTo(Rerun.Verdict.SAME);
    assertThat(rerun().run(file).verdict()).isEqualTo(Rerun.Verdict.DIFFERS);
  }

  @Test
  void commandTellsTheSameTheOtherAndTheForeignAnswerApart() throws Exception {
    WaveFile file = stored(SmallWaves.rush(4, SolveLimit.steps(500)));
    Path same = Files.write(folder.resolve("same.json.gz"), file.toBytes());
    assertThat(Replay.run(same.toString())).isZero();

    WaveFile forged =
        WaveFile.of(
            "w-1",
            file.engineVersion(),
            file.wave(),
            file.steps(),
            null,
            new WaveAnswer(List.of()));
    Path other = Files.write(folder.resolve("other.json.gz"), forged.toBytes());
    assertThat(Replay.run(other.toString())).isEqualTo(1);

    WaveFile foreign =
        WaveFile.of(
            "w-1", "0-other", file.wave(), file.steps(), null, new WaveAnswer(file.answer()));
    Path old = Files.write(folder.resolve("old.json.gz"), foreign.toBytes());
    assertThat(Replay.run(old.toString())).isEqualTo(3);

    Path nonsense = Files.writeString(folder.resolve("nonsense"), "no wave");
    assertThat(Replay.run(nonsense.toString())).isEqualTo(2);
    assertThat(Replay.run("w-1", "--url", "http://127.0.0.1:9", "--password", "x")).isEqualTo(2);
    assertThat(Replay.run("--nothing")).isEqualTo(2);
  }

  @Test
  void bytesOfSomethingElseAreRefused() {
    assertThatThrownBy(() -> WaveFile.read(new byte[] {1, 2, 3}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not a stored wave");
  }
}
