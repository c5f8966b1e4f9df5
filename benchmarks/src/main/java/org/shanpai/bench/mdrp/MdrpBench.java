package org.shanpai.bench.mdrp;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.shanpai.bench.report.Progress;

/** Runs every contender over every instance and writes what each did. */
public final class MdrpBench {

  /** Raw result of one contender on one instance. */
  public record Outcome(Metrics metrics, long[] waveNanos) {}

  /**
   * What to run.
   *
   * @param waveEvery ticks between waves
   * @param threads instances run at a time
   * @param out folder for the solutions
   */
  public record Plan(
      List<Path> instances,
      List<Contender> contenders,
      int waveEvery,
      long seed,
      int threads,
      Path out) {}

  private final Plan plan;
  private final LongSupplier nanoClock;

  public MdrpBench(Plan plan, LongSupplier nanoClock) {
    this.plan = plan;
    this.nanoClock = nanoClock;
  }

  /**
   * Runs it all.
   *
   * @return by instance name, then by contender name
   */
  public Map<String, Map<String, Outcome>> run() {
    // All are read first: a broken folder is told before hours of work, not after.
    List<Instance> instances = plan.instances().stream().map(InstanceReader::read).toList();
    int weights = plan.contenders().stream().mapToInt(Contender::weight).sum();
    long work = instances.stream().mapToLong(i -> work(i) * weights).sum();
    ExecutorService threads = Executors.newFixedThreadPool(plan.threads());
    try (Progress progress = Progress.show("Days", work)) {
      List<Future<Map<String, Outcome>>> running = new ArrayList<>();
      for (Instance instance : instances) {
        running.add(threads.submit(() -> runOne(instance, progress)));
      }
      Map<String, Map<String, Outcome>> outcomes = new LinkedHashMap<>();
      for (int i = 0; i < running.size(); i++) {
        outcomes.put(instances.get(i).name(), finished(running.get(i)));
      }
      return outcomes;
    } finally {
      threads.shutdownNow();
    }
  }

  private static <T> T finished(Future<T> running) {
    try {
      return running.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  /** Effort of a day: ticks, and what a wave costs, which grows with its orders. */
  private static long work(Instance instance) {
    return (long) DaySimulator.lengthOf(instance) * instance.orders();
  }

  private Map<String, Outcome> runOne(Instance instance, Progress progress) {
    Map<String, Outcome> outcomes = new LinkedHashMap<>();
    for (Contender contender : plan.contenders()) {
      progress.doing(instance.name() + " " + contender.name());
      AtomicLong told = new AtomicLong();
      DaySimulator.Day day =
          contender
              .day()
              .run(
                  instance,
                  plan.seed(),
                  plan.waveEvery(),
                  nanoClock,
                  passed -> {
                    long now = (long) passed * instance.orders() * contender.weight();
                    progress.add(now - told.getAndSet(now));
                  });
      if (contender.published()) {
        SolutionWriter.write(instance, day.solution(), folder(instance, contender));
      }
      outcomes.put(
          contender.name(), new Outcome(Metrics.of(instance, day.solution()), day.waveNanos()));
    }
    return outcomes;
  }

  /** The engine's files lie where an evaluator looks for them; the others' beside, by name. */
  private Path folder(Instance instance, Contender contender) {
    Path folder = plan.out().resolve(instance.name());
    return contender.name().equals(Contender.ENGINE) ? folder : folder.resolve(contender.name());
  }
}
