package org.shanpai.stack.command;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.shanpai.servers.LocalServer;
import org.shanpai.stack.FaultPlan;
import org.shanpai.stack.Supervisor;

/** Kills every server once during a run, one after another; the supervisor starts each again. */
final class FaultDriver implements AutoCloseable {

  private final Map<String, LocalServer> servers;
  private final Supervisor supervisor;
  private final Consumer<String> note;
  private final Deque<FaultPlan.Kill> left;

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
   * Kills the next one if its time has come and all are up.
   *
   * @param placedShare share of the orders that are placed, 0–1
   */
  void look(double placedShare) {
    FaultPlan.Kill next = left.peek();
    if (next != null && next.share() <= placedShare && supervisor.allUp()) {
      left.poll();
      note.accept("killed " + next.server());
      System.out.printf("%n[faults] killing %s%n", next.server());
      servers.get(next.server()).kill();
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
