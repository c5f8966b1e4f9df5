package org.shanpai.rider.task;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Brings a phone's queue into an order in which it can have happened. */
public final class ActionQueue {

  private ActionQueue() {}

  /** An action and its place in the request. */
  public record Queued(int index, Action action) {}

  /**
   * By the phone's clock, but each job's own steps in their turn: a phone whose clock was set in
   * between, or which mixed up its queue, still gets its steps taken. What has no time happened
   * just now.
   */
  public static List<Queued> sorted(List<Action> actions) {
    List<Queued> byTime = new ArrayList<>();
    for (int i = 0; i < actions.size(); i++) {
      byTime.add(new Queued(i, actions.get(i)));
    }
    byTime.sort(
        Comparator.comparingLong((Queued one) -> -ago(one.action()))
            .thenComparingInt(Queued::index));
    Map<String, List<Integer>> places = new HashMap<>();
    for (int i = 0; i < byTime.size(); i++) {
      Action action = byTime.get(i).action();
      if (action.jobId() != null && action.kind().rank() >= 0) {
        places.computeIfAbsent(action.jobId(), job -> new ArrayList<>()).add(i);
      }
    }
    List<Queued> sorted = new ArrayList<>(byTime);
    for (List<Integer> mine : places.values()) {
      List<Queued> steps = new ArrayList<>(mine.stream().map(byTime::get).toList());
      steps.sort(
          Comparator.comparing(
                  (Queued one) -> one.action().epoch() == null ? 0 : one.action().epoch())
              .thenComparing(one -> one.action().kind().rank()));
      for (int i = 0; i < mine.size(); i++) {
        sorted.set(mine.get(i), steps.get(i));
      }
    }
    return sorted;
  }

  /** How long ago, milliseconds; only for comparing. */
  private static long ago(Action action) {
    PhoneTime time = action.time();
    if (time.agoMillis() != null) {
      return time.agoMillis();
    }
    if (time.at() == null) {
      return 0;
    }
    return time.sentAt() == null
        ? -time.at().toEpochMilli()
        : time.sentAt().toEpochMilli() - time.at().toEpochMilli();
  }
}
