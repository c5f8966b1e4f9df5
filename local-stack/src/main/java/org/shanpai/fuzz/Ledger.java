package org.shanpai.fuzz;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.shanpai.openapi.ApiOperation;
import org.shanpai.stack.Program;

/** What was sent and answered, by operation and status, with the first findings. Thread-safe. */
final class Ledger {

  private static final int SHOWN_OF_KIND = 25;
  private static final int SHOWN_OF_OPERATION = 3;

  private final Map<String, Map<Integer, Integer>> byOperation = new TreeMap<>();
  private final Map<Judge.Kind, Integer> counts = new EnumMap<>(Judge.Kind.class);
  private final Map<Judge.Kind, List<FuzzReport.Failure>> failures =
      new EnumMap<>(Judge.Kind.class);
  private final Map<String, Integer> shown = new HashMap<>();
  private final Map<String, Integer> byMutation = new TreeMap<>();
  private int requests;
  private int reached;
  private int besides;
  private long slowest;

  /**
   * @param operation such as {@code order-service POST /v1/orders}
   * @param counted whether it was generated, and not sent to keep the world going
   */
  synchronized void took(String operation, Mutation mutation, Answer answer, boolean counted) {
    byOperation
        .computeIfAbsent(operation, any -> new TreeMap<>())
        .merge(answer.status(), 1, Integer::sum);
    slowest = Math.max(slowest, answer.millis());
    if (counted) {
      requests++;
      byMutation.merge(mutation.name(), 1, Integer::sum);
      reached += answer.reached() ? 1 : 0;
    } else {
      besides++;
    }
  }

  synchronized void failed(
      Judge.Finding finding,
      Program program,
      String operation,
      Mutation mutation,
      String role,
      String curl) {
    counts.merge(finding.kind(), 1, Integer::sum);
    List<FuzzReport.Failure> of =
        failures.computeIfAbsent(finding.kind(), any -> new ArrayList<>());
    int same = shown.merge(finding.kind() + operation, 1, Integer::sum);
    if (of.size() < SHOWN_OF_KIND * 4 && same <= SHOWN_OF_OPERATION) {
      of.add(
          new FuzzReport.Failure(
              finding.kind().name(),
              program.text(),
              operation,
              mutation.name(),
              role,
              finding.detail(),
              curl));
    }
  }

  /**
   * Whether it succeeded at least once: with 2xx, or with the 303 that the document says leads to
   * it.
   */
  synchronized boolean good(String name, ApiOperation operation) {
    boolean leadsOn = operation.goodStatuses().contains(303);
    return byOperation.getOrDefault(name, Map.of()).keySet().stream()
        .anyMatch(one -> one >= 200 && one < 300 || leadsOn && one == 303);
  }

  synchronized int requests() {
    return requests;
  }

  synchronized int reached() {
    return reached;
  }

  synchronized int besides() {
    return besides;
  }

  synchronized long slowest() {
    return slowest;
  }

  synchronized int count(Judge.Kind kind) {
    return counts.getOrDefault(kind, 0);
  }

  synchronized List<FuzzReport.Failure> failures() {
    return failures.values().stream().flatMap(List::stream).toList();
  }

  synchronized Map<String, Map<Integer, Integer>> byOperation() {
    Map<String, Map<Integer, Integer>> copy = new LinkedHashMap<>();
    byOperation.forEach((operation, statuses) -> copy.put(operation, new TreeMap<>(statuses)));
    return copy;
  }

  synchronized Map<String, Integer> byMutation() {
    return new TreeMap<>(byMutation);
  }
}
