package org.shanpai.city.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the platform acknowledged to the city, as the city's agents noted it down; the only source
 * of the report.
 *
 * <p>What the platform says of itself enters in two places, and there against it: an order must
 * also look ended to its merchant, and the ledgers that riders read must not hold anything twice.
 * Thread-safe.
 */
public final class CityLog {

  /** How an order stands, in the city's eyes. */
  public enum End {
    /** Handed over, acknowledged to the rider, and known to the merchant. */
    DELIVERED,
    CANCELLED,
    RETURNED,
    /** The merchant is told that there is no such order. */
    LOST,
    /** None of these. */
    NOT_YET
  }

  private static final Set<String> ENDS = Set.of("DELIVERED", "CANCELLED", "RETURNED");

  private static final class Order {
    private final long placedMillis;
    private final long promiseEndMillis;
    private String seen;
    private long seenVersion = -1;
    private boolean noticedEnd;
    private long handedOverMillis = Long.MIN_VALUE;

    Order(long placedMillis, long promiseEndMillis) {
      this.placedMillis = placedMillis;
      this.promiseEndMillis = promiseEndMillis;
    }

    End end() {
      if ("MISSING".equals(seen)) {
        return End.LOST;
      }
      if ("DELIVERED".equals(seen) && handedOverMillis != Long.MIN_VALUE) {
        return End.DELIVERED;
      }
      if (handedOverMillis != Long.MIN_VALUE) {
        // Handed over, yet the merchant was told something else, or nothing so far.
        return End.NOT_YET;
      }
      return "CANCELLED".equals(seen)
          ? End.CANCELLED
          : "RETURNED".equals(seen) ? End.RETURNED : End.NOT_YET;
    }
  }

  private record Accept(String rider, long epoch, long mark) {}

  private static final class Job {
    private final List<Accept> accepts = new ArrayList<>();
    private final Set<String> carriers = new HashSet<>();
    private boolean doubled;
  }

  private record Standing(String rider, String subject, String group) {}

  private final Set<Integer> submitted = new HashSet<>();
  private final Map<Integer, Integer> refused = new TreeMap<>();
  private final Set<Integer> acknowledged = new HashSet<>();
  private final List<String> surprises = new ArrayList<>();
  private final Map<String, Order> orders = new LinkedHashMap<>();
  private final Map<String, Job> jobs = new HashMap<>();
  private final Map<Standing, Set<String>> scores = new HashMap<>();
  private final Set<String> takenBack = new HashSet<>();
  private final Map<String, Set<String>> pay = new HashMap<>();
  private final Map<String, Integer> counts = new TreeMap<>();
  private final Map<String, Integer> troubles = new TreeMap<>();
  private final Map<String, Integer> amiss = new HashMap<>();
  private final Map<String, Long> tips = new HashMap<>();
  private final Set<String> carriedByGuest = new HashSet<>();
  private final Map<String, Map<String, Long>> tipLines = new HashMap<>();
  private final Samples offerMillis = new Samples();
  private long mark;

  /** The merchant sent an order for the first time; repeats of the same do not count. */
  public synchronized void submitted(int number) {
    submitted.add(number);
  }

  /**
   * The platform refused an order for good.
   *
   * @param bad whether it was meant to be refused
   */
  public synchronized void refused(int number, boolean bad, String answer) {
    refused.put(number, 1);
    if (!bad) {
      surprises.add("Order " + number + " is good but was refused: " + answer);
    }
  }

  /**
   * The platform took an order.
   *
   * @param bad whether it should have been refused
   * @param placedMillis city time of the placement
   * @param promiseEndMillis latest city time at which it is on time, as told at creation
   */
  public synchronized void acknowledged(
      int number, boolean bad, String orderId, long placedMillis, long promiseEndMillis) {
    acknowledged.add(number);
    orders.putIfAbsent(orderId, new Order(placedMillis, promiseEndMillis));
    if (bad) {
      surprises.add("Order " + number + " is bad but was taken as " + orderId);
    }
  }

  /** Something that should not be, which no other figure counts. */
  public synchronized void surprise(String what) {
    surprises.add(what);
  }

  /** The same, of a kind that is counted. */
  public synchronized void amiss(String kind, String what) {
    surprises.add(what);
    amiss.merge(kind, 1, Integer::sum);
  }

  /** How often that kind was amiss. */
  public synchronized int amiss(String kind) {
    return amiss.getOrDefault(kind, 0);
  }

  /** One more order that a purchase became, because it is more than one rider carries. */
  public synchronized void linked(String orderId, long placedMillis, long promiseEndMillis) {
    orders.putIfAbsent(orderId, new Order(placedMillis, promiseEndMillis));
  }

  /**
   * What the merchant is told about an order when it asks: its status, or {@code MISSING} for 404.
   *
   * @param version of the order; what is older than what is known says nothing
   */
  public synchronized void seen(String orderId, String status, long version) {
    Order order = orders.get(orderId);
    if (order != null && version >= order.seenVersion) {
      order.seen = status;
      order.seenVersion = version;
    }
  }

  /** The same, told by a webhook without being asked. */
  public synchronized void noticed(String orderId, String status, long version) {
    seen(orderId, status, version);
    Order order = orders.get(orderId);
    if (order != null && ENDS.contains(status)) {
      order.noticedEnd = true;
    }
  }

  /** Ended orders of which no webhook has told the end. */
  public synchronized List<String> endsUntold() {
    return orders.entrySet().stream()
        .filter(order -> ENDS.contains(order.getValue().seen) && !order.getValue().noticedEnd)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Whether the order has an end that its merchant knows of. */
  public synchronized boolean ended(String orderId) {
    Order order = orders.get(orderId);
    return order != null && order.end() != End.NOT_YET;
  }

  /** The platform took note of what a rider is to get besides, all of it. */
  public synchronized void tipped(String jobId, long fen) {
    tips.merge(jobId, fen, Math::max);
  }

  /** A person had it in hand, whose earnings only they can read. */
  public synchronized void carriedByGuest(String orderId) {
    carriedByGuest.add(orderId);
  }

  /** A line of tip in somebody's earnings. */
  public synchronized void tipPaid(String jobId, String line, long fen) {
    tipLines.computeIfAbsent(jobId, any -> new HashMap<>()).put(line, fen);
  }

  /** Delivered orders whose riders got more or less than the tip that was told. */
  public synchronized List<String> tipsAmiss() {
    List<String> amiss = new ArrayList<>();
    orders.forEach(
        (orderId, order) -> {
          String jobId = "j-" + orderId.replaceFirst("^o-", "");
          long paid =
              tipLines.getOrDefault(jobId, Map.of()).values().stream()
                  .mapToLong(Long::longValue)
                  .sum();
          long told = order.end() == End.DELIVERED ? tips.getOrDefault(jobId, 0L) : 0;
          if (paid != told && !carriedByGuest.contains(orderId)) {
            amiss.add(orderId + " (told " + told + ", paid " + paid + " fen)");
          }
        });
    return amiss;
  }

  /** A place in this log, to be taken before a step is first sent. */
  public synchronized long mark() {
    return ++mark;
  }

  /** A rider was told that a job is theirs. */
  public synchronized void accepted(String rider, String jobId, long epoch) {
    Job job = jobs.computeIfAbsent(jobId, any -> new Job());
    for (Accept other : job.accepts) {
      if (other.epoch() == epoch && !other.rider().equals(rider)) {
        job.doubled = true;
      }
    }
    job.accepts.add(new Accept(rider, epoch, ++mark));
  }

  /**
   * A rider was told that a step of theirs counts.
   *
   * @param sentMark the place in the log when it was first sent
   */
  public synchronized void stepped(
      String rider, String jobId, long epoch, String step, long sentMark) {
    Job job = jobs.computeIfAbsent(jobId, any -> new Job());
    for (Accept other : job.accepts) {
      // Another rider already had it under a newer token when this step was sent.
      if (!other.rider().equals(rider) && other.epoch() > epoch && other.mark() < sentMark) {
        job.doubled = true;
      }
    }
    if (step.equals("PICKED_UP") || step.equals("DELIVERED")) {
      job.carriers.add(rider);
      if (job.carriers.size() > 1) {
        job.doubled = true;
      }
    }
  }

  /** A rider was told that the order is delivered. */
  public synchronized void handedOver(String orderId, long cityMillis) {
    Order order = orders.get(orderId);
    if (order != null && order.handedOverMillis == Long.MIN_VALUE) {
      order.handedOverMillis = cityMillis;
    }
  }

  /**
   * A row of a rider's score ledger.
   *
   * @param takesBack the earlier row that this one reverses, or null when it is no reversal
   */
  public synchronized void scored(
      String rider, String entryId, String subject, String group, String takesBack) {
    if (takesBack != null) {
      takenBack.add(takesBack);
    } else {
      scores
          .computeIfAbsent(new Standing(rider, subject, group), any -> new HashSet<>())
          .add(entryId);
    }
  }

  /**
   * A line of base pay in somebody's earnings.
   *
   * @param line rider and id of the line
   */
  public synchronized void paid(String jobId, String line) {
    pay.computeIfAbsent(jobId, any -> new HashSet<>()).add(line);
  }

  /** Delivered orders for which nobody's earnings have a line of base pay. */
  public synchronized List<String> unpaid() {
    return orders.entrySet().stream()
        .filter(order -> order.getValue().end() == End.DELIVERED)
        .map(Map.Entry::getKey)
        .filter(orderId -> !carriedByGuest.contains(orderId))
        .filter(orderId -> !pay.containsKey("j-" + orderId.replaceFirst("^o-", "")))
        .toList();
  }

  /** A rider received an open offer so many wall milliseconds after it was decided. */
  public synchronized void offered(long latencyMillis) {
    offerMillis.add(latencyMillis);
  }

  /** Counts something worth knowing that decides nothing. */
  public synchronized void count(String what) {
    counts.merge(what, 1, Integer::sum);
  }

  /** The same for many at once. */
  public synchronized void count(String what, int times) {
    counts.merge(what, times, Integer::sum);
  }

  public synchronized int counted(String what) {
    return counts.getOrDefault(what, 0);
  }

  /** Counts an answer that had to be asked for again. */
  public synchronized void trouble(String what) {
    troubles.merge(what.replaceAll("[a-z]-[0-9a-z]{6,}", "…"), 1, Integer::sum);
  }

  /** Orders that were acknowledged and have no end yet. */
  public synchronized List<String> open() {
    return orders.entrySet().stream()
        .filter(order -> order.getValue().end() == End.NOT_YET)
        .map(Map.Entry::getKey)
        .toList();
  }

  public synchronized End endOf(String orderId) {
    return orders.get(orderId).end();
  }

  /** The figures as they stand. */
  public synchronized Figures figures() {
    Map<End, Integer> ends = new HashMap<>();
    Samples minutes = new Samples();
    int onTime = 0;
    int carried = 0;
    for (Order order : orders.values()) {
      End end = order.end();
      ends.merge(end, 1, Integer::sum);
      if (order.handedOverMillis != Long.MIN_VALUE) {
        carried++;
      }
      if (end == End.DELIVERED) {
        minutes.add((order.handedOverMillis - order.placedMillis) / 60_000.0);
        onTime += order.handedOverMillis <= order.promiseEndMillis ? 1 : 0;
      }
    }
    return new Figures(
        submitted.size(),
        refused.size(),
        orders.size(),
        refused.size() + acknowledged.size(),
        ends.getOrDefault(End.DELIVERED, 0),
        ends.getOrDefault(End.CANCELLED, 0),
        ends.getOrDefault(End.RETURNED, 0),
        ends.getOrDefault(End.NOT_YET, 0),
        ends.getOrDefault(End.LOST, 0),
        (int) jobs.values().stream().filter(job -> job.doubled).count(),
        doubleScored(),
        carried,
        onTime,
        minutes.quantile(0.5),
        minutes.quantile(0.9),
        offerMillis.quantile(0.99),
        List.copyOf(surprises),
        Map.copyOf(counts),
        Map.copyOf(troubles));
  }

  private int doubleScored() {
    long scoredTwice =
        scores.values().stream()
            .filter(rows -> rows.stream().filter(row -> !takenBack.contains(row)).count() > 1)
            .count();
    long paidTwice = pay.values().stream().filter(lines -> lines.size() > 1).count();
    return (int) (scoredTwice + paidTwice);
  }

  /**
   * Counts over the whole run.
   *
   * @param acknowledged orders that the platform made of what it took; a big purchase becomes
   *     several
   * @param answered submissions that were taken or refused
   * @param open acknowledged and without an end; stuck, once the run is over
   * @param handedOver orders whose delivery a rider was told counts
   * @param clickToDoorP50 minutes of city time from placement to hand-over
   * @param offerLatencyP99 wall milliseconds from decision to receipt
   */
  public record Figures(
      int submitted,
      int refused,
      int acknowledged,
      int answered,
      int delivered,
      int cancelled,
      int returned,
      int open,
      int lost,
      int doubleAssigned,
      int doubleScored,
      int handedOver,
      int onTime,
      double clickToDoorP50,
      double clickToDoorP90,
      double offerLatencyP99,
      List<String> surprises,
      Map<String, Integer> counts,
      Map<String, Integer> troubles) {

    /** Share of the delivered that were on time, 0–1; 1 when there are none. */
    public double onTimeShare() {
      return delivered == 0 ? 1 : (double) onTime / delivered;
    }
  }

  /** Numbers of which quantiles are asked. */
  private static final class Samples {
    private final List<Double> values = new ArrayList<>();

    void add(double value) {
      values.add(value);
    }

    /** The smallest number that so many are not above; 0 without any. */
    double quantile(double share) {
      return quantileOf(values, share);
    }
  }

  static double quantileOf(Collection<Double> values, double share) {
    if (values.isEmpty()) {
      return 0;
    }
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int at = (int) Math.ceil(share * sorted.length) - 1;
    return sorted[Math.max(0, Math.min(sorted.length - 1, at))];
  }
}
