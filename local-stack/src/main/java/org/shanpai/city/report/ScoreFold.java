package org.shanpai.city.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The score's formula as the published rules state it, written once more without a line of the
 * platform's: what a rider would reckon on paper from the rows of the ledger. Points are
 * thousandths.
 *
 * <p>{@code clamp(70 + min(30, gains) − Σ over days (min(6, lateness) + other) − severe, 0, 100)}
 * over the last 300 orders, none older than 60 days; severe losses 30 days. Bonuses are at most 5,
 * an order loses at most 4, and a newcomer's first 3 late orders of 100 take nothing. What a level
 * waives is not reckoned.
 */
public final class ScoreFold {

  private static final int START = 70_000;
  private static final int MOST = 100_000;
  private static final int MOST_GAINS = 30_000;
  private static final int MOST_BONUS = 5_000;
  private static final int MOST_LATENESS_A_DAY = 6_000;
  private static final int MOST_OF_AN_ORDER = 4_000;
  private static final int WINDOW_ORDERS = 300;
  private static final int WINDOW_DAYS = 60;
  private static final int SEVERE_DAYS = 30;
  private static final int NEWCOMER_ORDERS = 100;
  private static final int NEWCOMER_WAIVERS = 3;

  private ScoreFold() {}

  /**
   * A row of the ledger, as riders read it.
   *
   * @param takesBack the row that this one reverses; null for none
   */
  public record Row(
      String entryId,
      String subject,
      String orderId,
      String rule,
      String group,
      int revision,
      int milliPoints,
      LocalDate day,
      Instant occurredAt,
      String exemption,
      String takesBack) {

    /** From JSON. */
    public static Row of(JsonNode entry) {
      return new Row(
          entry.path("entryId").asText(),
          entry.path("subject").asText(),
          entry.path("orderId").textValue(),
          entry.path("rule").asText(),
          entry.path("group").asText(),
          entry.path("revision").asInt(),
          entry.path("milliPoints").asInt(),
          LocalDate.parse(entry.path("businessDate").asText()),
          Instant.parse(entry.path("occurredAt").asText()),
          entry.path("exemption").textValue(),
          entry.path("takesBack").textValue());
    }

    /** Whether it is about an order as a whole, not about an incident. */
    boolean ofOrder() {
      return subject.equals(orderId);
    }

    private Row counted(int points) {
      return new Row(
          entryId,
          subject,
          orderId,
          rule,
          group,
          revision,
          points,
          day,
          occurredAt,
          exemption,
          takesBack);
    }

    private boolean is(String... rules) {
      for (String begin : rules) {
        if (rule.startsWith(begin)) {
          return true;
        }
      }
      return false;
    }

    boolean late() {
      return is("OT") && milliPoints < 0;
    }

    boolean severe() {
      return is("SV");
    }

    boolean otherLoss() {
      return is("CX", "FU");
    }

    boolean bonus() {
      return is("SM2", "SM3", "SM4");
    }

    boolean plainGain() {
      return is("SM1", "TR");
    }
  }

  /** Rows that count: neither taken back nor taking back. */
  public static List<Row> standing(Collection<Row> ledger) {
    Set<String> gone = new HashSet<>();
    ledger.forEach(row -> gone.add(row.takesBack()));
    return ledger.stream()
        .filter(row -> row.takesBack() == null && !gone.contains(row.entryId()))
        .toList();
  }

  /**
   * @param ledger all rows of a rider, in any order
   * @param priorOrders carried before joining
   * @param stayed rows under appeal, which count nothing
   */
  public static int score(
      Collection<Row> ledger, int priorOrders, LocalDate today, Set<String> stayed) {
    List<Row> rows =
        standing(ledger).stream()
            .map(row -> stayed.contains(row.entryId()) ? row.counted(0) : row)
            .toList();
    Map<String, List<Row>> orders = byOrder(rows);
    List<String> sequence = List.copyOf(orders.keySet());
    Set<String> waived = waived(sequence, orders, priorOrders);
    Set<String> window =
        new HashSet<>(
            sequence.subList(Math.max(0, sequence.size() - WINDOW_ORDERS), sequence.size()));
    LocalDate oldest = today.minusDays(WINDOW_DAYS);
    List<Row> counting =
        rows.stream()
            .filter(row -> !row.severe() && !row.day().isBefore(oldest))
            .filter(row -> !row.ofOrder() || window.contains(row.subject()))
            .toList();
    int severe =
        rows.stream()
            .filter(row -> row.severe() && !row.day().isBefore(today.minusDays(SEVERE_DAYS)))
            .mapToInt(row -> -row.milliPoints())
            .sum();
    int score = START + gains(counting) - losses(counting, waived) - severe;
    return Math.max(0, Math.min(MOST, score));
  }

  /** Orders in the order in which they were delivered, with their rows. */
  private static Map<String, List<Row>> byOrder(List<Row> rows) {
    Map<String, Instant> at = new HashMap<>();
    Map<String, List<Row>> found = new HashMap<>();
    for (Row row : rows) {
      if (row.ofOrder()) {
        found.computeIfAbsent(row.subject(), any -> new ArrayList<>()).add(row);
        at.merge(row.subject(), row.occurredAt(), (a, b) -> a.isBefore(b) ? a : b);
      }
    }
    Map<String, List<Row>> sorted = new LinkedHashMap<>();
    found.keySet().stream()
        .sorted(Comparator.<String, Instant>comparing(at::get).thenComparing(order -> order))
        .forEach(order -> sorted.put(order, found.get(order)));
    return sorted;
  }

  private static Set<String> waived(
      List<String> sequence, Map<String, List<Row>> orders, int priorOrders) {
    Set<String> waived = new HashSet<>();
    for (int i = 0; i < sequence.size() && priorOrders + i < NEWCOMER_ORDERS; i++) {
      boolean late = orders.get(sequence.get(i)).stream().anyMatch(Row::late);
      if (late && waived.size() < NEWCOMER_WAIVERS) {
        waived.add(sequence.get(i));
      }
    }
    return waived;
  }

  private static int gains(List<Row> rows) {
    int bonus = rows.stream().filter(Row::bonus).mapToInt(Row::milliPoints).sum();
    int plain = rows.stream().filter(Row::plainGain).mapToInt(Row::milliPoints).sum();
    return Math.min(MOST_GAINS, plain + Math.min(MOST_BONUS, bonus));
  }

  private static int losses(List<Row> rows, Set<String> waived) {
    Map<String, int[]> byOrder = new LinkedHashMap<>();
    Map<String, LocalDate> days = new HashMap<>();
    for (Row row : rows) {
      boolean late = row.late() && !waived.contains(row.subject());
      if (row.milliPoints() < 0 && (late || row.otherLoss())) {
        String order = row.orderId() == null ? row.subject() : row.orderId();
        byOrder.computeIfAbsent(order, any -> new int[2])[late ? 0 : 1] -= row.milliPoints();
        days.merge(order, row.day(), (a, b) -> a.isBefore(b) ? a : b);
      }
    }
    Map<LocalDate, int[]> byDay = new TreeMap<>();
    byOrder.forEach(
        (order, lost) -> {
          int lateness = Math.min(lost[0], MOST_OF_AN_ORDER);
          int[] day = byDay.computeIfAbsent(days.get(order), any -> new int[2]);
          day[0] += lateness;
          day[1] += Math.min(lost[1], MOST_OF_AN_ORDER - lateness);
        });
    return byDay.values().stream()
        .mapToInt(day -> Math.min(day[0], MOST_LATENESS_A_DAY) + day[1])
        .sum();
  }
}
