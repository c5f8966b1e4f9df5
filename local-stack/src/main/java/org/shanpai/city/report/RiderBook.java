package org.shanpai.city.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What riders were told of score and pay while they rode, held against what their ledgers, their
 * explanation and their appeals say in the end. The score is reckoned here, by {@link ScoreFold}.
 * Thread-safe.
 */
public final class RiderBook {

  /** What one rider reads in the end. */
  private record Read(
      List<ScoreFold.Row> ledger,
      JsonNode explanation,
      List<JsonNode> appeals,
      JsonNode earnings) {}

  /** An offer the rider took, with what it was to pay, fen. */
  private record Promised(String rider, List<String> jobs, long fen) {}

  private final Map<String, Integer> priorOrders = new HashMap<>();
  private final Map<String, Read> read = new TreeMap<>();
  private final List<Promised> promised = new ArrayList<>();
  private final Map<String, String> deliveredBy = new HashMap<>();
  private final Set<String> otherDoors = new HashSet<>();

  /** A rider who carried so many orders elsewhere before. */
  public synchronized void joined(String rider, int orders) {
    priorOrders.put(rider, orders);
  }

  /** The platform gave jobs to a rider, for so much together. */
  public synchronized void promised(String rider, List<String> jobs, long fen) {
    promised.add(new Promised(rider, List.copyOf(jobs), fen));
  }

  /** The platform took note of a delivery. */
  public synchronized void delivered(String rider, String jobId) {
    deliveredBy.put(jobId, rider);
  }

  /** The goods were to go to another door than the one the pay was told for. */
  public synchronized void otherDoor(String jobId) {
    otherDoors.add(jobId);
  }

  /**
   * What a rider reads; replaces what they read before.
   *
   * @param ledger every row of the score
   * @param explanation why it is what it is
   * @param appeals all of them
   * @param earnings {@code {balanceFen, lines}} with every line
   */
  public synchronized void read(
      String rider,
      List<JsonNode> ledger,
      JsonNode explanation,
      List<JsonNode> appeals,
      JsonNode earnings) {
    read.put(
        rider,
        new Read(ledger.stream().map(ScoreFold.Row::of).toList(), explanation, appeals, earnings));
  }

  /** Riders whose score was reckoned. */
  public synchronized int scoresChecked() {
    return (int) read.values().stream().filter(RiderBook::reckonable).count();
  }

  /** Lines of earnings that were looked at. */
  public synchronized int linesChecked() {
    return read.values().stream().mapToInt(one -> one.earnings().path("lines").size()).sum();
  }

  /** Rows that took points, those taken back later included. */
  public synchronized int losses() {
    return (int)
        read.values().stream()
            .flatMap(one -> one.ledger().stream())
            .filter(row -> row.milliPoints() < 0 && row.takesBack() == null)
            .count();
  }

  /** A level that waives lateness is not reckoned here. */
  private static boolean reckonable(Read one) {
    return one.explanation().at("/score/level/waiversPerWeek").asInt() == 0;
  }

  /** Scores that are not what the rules make of the ledger. */
  public synchronized List<String> scoresAmiss() {
    List<String> amiss = new ArrayList<>();
    read.forEach(
        (rider, one) -> {
          if (!reckonable(one)) {
            return;
          }
          JsonNode score = one.explanation().path("score");
          LocalDate today = LocalDate.parse(score.path("businessDate").asText());
          int before = priorOrders.getOrDefault(rider, 0);
          int whole = ScoreFold.score(one.ledger(), before, today, Set.of());
          int level = ScoreFold.score(one.ledger(), before, today, stayed(one));
          compare(amiss, rider, "score", whole, score.path("scoreMilliPoints").asInt());
          compare(amiss, rider, "level score", level, score.path("levelScoreMilliPoints").asInt());
        });
    return amiss;
  }

  private static void compare(List<String> amiss, String rider, String what, int ours, int told) {
    if (ours != told) {
      amiss.add(
          "The %s of %s is %d mp; by the rules its ledger makes %d."
              .formatted(what, rider, told, ours));
    }
  }

  private static Set<String> stayed(Read one) {
    return one.appeals().stream()
        .filter(appeal -> appeal.path("stayed").asBoolean())
        .map(appeal -> appeal.path("entryId").asText())
        .collect(Collectors.toSet());
  }

  /** Rows of ledgers that the explanation does not name in words, or tells otherwise. */
  public synchronized List<String> explanationsAmiss() {
    List<String> amiss = new ArrayList<>();
    read.forEach((rider, one) -> explanation(amiss, rider, one));
    return amiss;
  }

  private static void explanation(List<String> amiss, String rider, Read one) {
    Map<String, JsonNode> named = new HashMap<>();
    for (JsonNode row : one.explanation().path("entries")) {
      named.put(row.path("entry").path("entryId").asText(), row);
    }
    Set<String> gone =
        one.ledger().stream().map(ScoreFold.Row::takesBack).collect(Collectors.toSet());
    int smooth = 0;
    for (ScoreFold.Row row : one.ledger()) {
      JsonNode told = named.remove(row.entryId());
      boolean plain =
          row.rule().equals("SM1")
              && row.exemption() == null
              && row.revision() == 1
              && row.takesBack() == null
              && !gone.contains(row.entryId());
      if (plain) {
        smooth++;
      } else if (told == null) {
        amiss.add("The explanation of %s does not name %s.".formatted(rider, row));
      } else {
        words(amiss, rider, row, told, gone);
      }
    }
    if (!named.isEmpty()) {
      amiss.add(
          "The explanation of %s names %s, not in the ledger.".formatted(rider, named.keySet()));
    }
    int told = one.explanation().path("smoothOrders").asInt();
    if (smooth < 300 && smooth != told) {
      amiss.add(
          "The explanation of %s counts %d good orders; the ledger has %d."
              .formatted(rider, told, smooth));
    }
  }

  private static void words(
      List<String> amiss, String rider, ScoreFold.Row row, JsonNode told, Set<String> gone) {
    JsonNode entry = told.path("entry");
    boolean worded =
        !entry.path("en").asText().isBlank()
            && !entry.path("zh").asText().isBlank()
            && entry.path("facts").isObject();
    if (!worded || entry.path("milliPoints").asInt() != row.milliPoints()) {
      amiss.add("The explanation of %s does not say why %s.".formatted(rider, row));
    }
    String effect = told.path("effect").asText();
    boolean reversed = gone.contains(row.entryId());
    if (reversed != effect.equals("TAKEN_BACK")
        || (row.takesBack() != null) != effect.equals("TAKES_BACK")) {
      amiss.add("The explanation of %s calls %s %s.".formatted(rider, row, effect));
    }
  }

  /** Decided appeals of which the ledger does not show the effect. */
  public synchronized List<String> appealsAmiss() {
    List<String> amiss = new ArrayList<>();
    read.forEach(
        (rider, one) ->
            one.appeals()
                .forEach(
                    appeal -> {
                      String wrong = appeal(one.ledger(), appeal);
                      if (wrong != null) {
                        amiss.add(
                            "Appeal %s of %s, %s: %s"
                                .formatted(
                                    appeal.path("appealId").asText(),
                                    rider,
                                    appeal.path("state").asText(),
                                    wrong));
                      }
                    }));
    return amiss;
  }

  private static String appeal(List<ScoreFold.Row> ledger, JsonNode appeal) {
    String entryId = appeal.path("entryId").asText();
    ScoreFold.Row row =
        ledger.stream().filter(one -> one.entryId().equals(entryId)).findFirst().orElse(null);
    if (row == null) {
      return "its row is not in the ledger.";
    }
    List<ScoreFold.Row> standing = ScoreFold.standing(ledger);
    if (!appeal.path("state").asText().equals("ACCEPTED")) {
      return standing.contains(row) ? null : "the deduction is gone.";
    }
    int back =
        ledger.stream()
            .filter(one -> entryId.equals(one.takesBack()))
            .mapToInt(ScoreFold.Row::milliPoints)
            .sum();
    if (back != -row.milliPoints()) {
      return "%d mp came back of %d.".formatted(back, -row.milliPoints());
    }
    if (!row.ofOrder()) {
      return null;
    }
    List<ScoreFold.Row> ofOrder =
        standing.stream().filter(one -> one.subject().equals(row.subject())).toList();
    boolean otherLoss = ofOrder.stream().anyMatch(one -> one.milliPoints() < 0);
    List<ScoreFold.Row> granted = ofOrder.stream().filter(one -> one.rule().equals("SM1")).toList();
    boolean asIfOnTime =
        granted.size() == 1
            && granted.get(0).milliPoints() == 100
            && granted.get(0).day().equals(row.day());
    return otherLoss || asIfOnTime
        ? null
        : "the order does not count as delivered well on %s.".formatted(row.day());
  }

  /** Earnings that are not what was told when the job was taken, or that lateness touched. */
  public synchronized List<String> earningsAmiss() {
    List<String> amiss = new ArrayList<>();
    Map<String, Long> byJob = new HashMap<>();
    read.forEach((rider, one) -> lines(amiss, byJob, rider, one));
    Map<Long, Set<Long>> byTerms = new TreeMap<>();
    for (Promised offer : promised) {
      if (!read.containsKey(offer.rider())
          || !offer.jobs().stream().allMatch(job -> offer.rider().equals(deliveredBy.get(job)))) {
        continue;
      }
      long paid = 0;
      for (String job : offer.jobs()) {
        paid += byJob.getOrDefault(offer.rider() + " " + job, 0L);
      }
      boolean moved = offer.jobs().stream().anyMatch(otherDoors::contains);
      if (moved ? paid < offer.fen() : paid != offer.fen()) {
        amiss.add(
            "%s was told %d fen for %s and got %d."
                .formatted(offer.rider(), offer.fen(), offer.jobs(), paid));
      }
      if (!moved && offer.jobs().size() == 1) {
        byTerms.computeIfAbsent(offer.fen(), any -> new HashSet<>()).add(paid);
      }
    }
    byTerms.forEach(
        (terms, pays) -> {
          if (pays.size() > 1) {
            amiss.add("Orders for %d fen, late or not, paid %s fen.".formatted(terms, pays));
          }
        });
    return amiss;
  }

  private static void lines(List<String> amiss, Map<String, Long> byJob, String rider, Read one) {
    long sum = 0;
    for (JsonNode line : one.earnings().path("lines")) {
      long fen = line.path("amountFen").asLong();
      String kind = line.path("kind").asText();
      sum += fen;
      if (fen < 0) {
        amiss.add("A line of %s takes money: %s".formatted(rider, line));
      }
      if (kind.equals("BASE") || kind.equals("DISTANCE")) {
        byJob.merge(rider + " " + line.path("jobId").asText(), fen, Long::sum);
      }
    }
    long balance = one.earnings().path("balanceFen").asLong();
    if (sum != balance) {
      amiss.add("The lines of %s make %d fen; told are %d.".formatted(rider, sum, balance));
    }
  }

  /** Appeals as their riders read them, by state. */
  public synchronized Map<String, Integer> appeals() {
    Map<String, Integer> states = new TreeMap<>();
    read.values()
        .forEach(
            one ->
                one.appeals()
                    .forEach(
                        appeal -> states.merge(appeal.path("state").asText(), 1, Integer::sum)));
    return states;
  }

  /** Whether everything there is to find amiss is right. */
  public boolean right() {
    return scoresAmiss().isEmpty()
        && explanationsAmiss().isEmpty()
        && appealsAmiss().isEmpty()
        && earningsAmiss().isEmpty();
  }
}
