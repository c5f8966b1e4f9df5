package org.shanpai.stack.command;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.shanpai.city.CityRun;
import org.shanpai.servers.LocalServer;
import org.shanpai.stack.FaultPlan;
import org.shanpai.stack.Supervisor;

/** Kills every server once during a run, one after another; the supervisor starts each again. */
final class FaultDriver implements AutoCloseable {

  /** So long at least the city works undisturbed between two kills. */
  private static final long AT_WORK_NANOS = Duration.ofSeconds(3).toNanos();

  /** So long a delivery is waited for before the next kill comes all the same. */
  private static final long PATIENCE_NANOS = Duration.ofSeconds(45).toNanos();

  private final Map<String, LocalServer> servers;
  private final Supervisor supervisor;
  private final Consumer<String> note;
  private final Deque<FaultPlan.Kill> left;
  private long upSinceNanos = System.nanoTime();
  private int handedOver;

  /**
   * @param note is told of each kill
   */
  FaultDriver(
      Map<String, LocalServer> servers, Supervisor supervisor, long seed, Consumer<String> note) {
    this.servers = servers;
    this.supervisor = supervisor;
    this.note = note;
    this.left = new ArrayDeque<>(FaultPlan.of(List.copyOf(servers.keySet()), seed));
  }

  /**
   * Kills the next one if its time has come: enough orders are placed, all servers are up, and the
   * city has been at work since the last kill.
   */
  void look(CityRun.Standing standing) {
    FaultPlan.Kill next = left.peek();
    if (next == null || next.share() > standing.placedShare()) {
      return;
    }
    if (!supervisor.allUp()) {
      upSinceNanos = System.nanoTime();
      handedOver = standing.figures().handedOver();
      return;
    }
    long up = System.nanoTime() - upSinceNanos;
    boolean atWork = standing.figures().handedOver() > handedOver && up > AT_WORK_NANOS;
    if (atWork || !standing.placing() || up > PATIENCE_NANOS) {
      left.poll();
      note.accept("killed " + next.server());
      System.out.printf("%n[faults] killing %s%n", next.server());
      servers.get(next.server()).kill();
      upSinceNanos = System.nanoTime();
      handedOver = standing.figures().handedOver();
    }
  }

  /** Those that were to be killed and were not, each a sentence. */
  List<String> finish() {
    List<String> missed = new ArrayList<>();
    left.forEach(kill -> missed.add(kill.server() + " was not killed before the run ended."));
    return missed;
  }

  @Override
  public void close() {
    left.clear();
  }
}
