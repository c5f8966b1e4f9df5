package org.shanpai.rider.reward;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Rewards of a day, added up as orders come in. */
class RewardDayTest {

  private static final Instant MORNING = Instant.parse("2026-03-02T00:00:00Z");
  private static final int MOST = 50;

  /** A day kept in memory: what was posted for each job so far. */
  private static final class Book {
    final Map<String, List<Long>> lines = new HashMap<>();
    final List<RewardDay.Order> delivered = new ArrayList<>();

    void deliver(int number, long lateSeconds) {
      Instant accepted = MORNING.plusSeconds(number * 600L);
      delivered.add(
          new RewardDay.Order(
              "j-" + number, accepted, accepted.plusSeconds(1_500 + lateSeconds), 0, 0, 0, 0, 0));
    }

    void post(long fen, boolean over) {
      List<RewardDay.Order> now =
          delivered.stream()
              .map(
                  o -> {
                    List<Long> paid = lines.getOrDefault(o.jobId(), List.of());
                    return new RewardDay.Order(
                        o.jobId(),
                        o.acceptedAt(),
                        o.deliveredAt(),
                        paid.stream().mapToLong(Long::longValue).sum(),
                        paid.size(),
                        0,
                        0,
                        0);
                  })
              .toList();
      for (RewardDay.Addition added : RewardDay.level(now, fen, MOST, over).additions()) {
        assertThat(added.fen()).isPositive();
        List<Long> paid = lines.computeIfAbsent(added.order().jobId(), job -> new ArrayList<>());
        assertThat(added.revision()).isEqualTo(paid.size());
        paid.add(added.fen());
      }
    }

    long total() {
      return lines.values().stream().flatMap(List::stream).mapToLong(Long::longValue).sum();
    }
  }

  @Test
  void fiftyOrdersADayAtMostCarryTheReward() {
    Book book = new Book();
    for (int n = 0; n < 60; n++) {
      book.deliver(n, 0);
      book.post(10, false);
    }
    book.post(10, true);
    assertThat(book.lines).hasSize(50);
    assertThat(book.total()).isEqualTo(500);
    book.post(10, true);
    assertThat(book.total()).isEqualTo(500);
  }

  @Test
  void aLateOrdersOwnRewardAndAllOthersOfTheDayAreTheSameWithAndWithoutTheLateness() {
    for (long seed = 1; seed <= 300; seed++) {
      Random random = new Random(seed * 7_919);
      int orders = 1 + random.nextInt(70);
      int late = random.nextInt(orders);
      long reward = List.of(0L, 10L, 20L, 30L).get(random.nextInt(4));
      Map<String, List<Long>> onTime = day(orders, late, 0, reward);
      Map<String, List<Long>> lateDay = day(orders, late, 1 + random.nextInt(4_000), reward);
      assertThat(lateDay).as("seed %d", seed).isEqualTo(onTime);
    }
  }

  /** Orders come in as they are delivered, and rewards are posted after each. */
  private static Map<String, List<Long>> day(int orders, int late, long lateSeconds, long reward) {
    Book all = new Book();
    for (int n = 0; n < orders; n++) {
      all.deliver(n, n == late ? lateSeconds : 0);
    }
    List<RewardDay.Order> inTurn = new ArrayList<>(all.delivered);
    inTurn.sort((a, b) -> a.deliveredAt().compareTo(b.deliveredAt()));
    Book book = new Book();
    for (RewardDay.Order order : inTurn) {
      book.delivered.add(order);
      book.post(reward, false);
    }
    book.post(reward, true);
    return book.lines;
  }

  @Test
  void aHigherLevelFoundOutLaterTopsUpAndALowerOneTakesNothing() {
    for (long seed = 1; seed <= 300; seed++) {
      Random random = new Random(seed * 104_729);
      Book book = new Book();
      int orders = 1 + random.nextInt(60);
      List<Integer> order = new ArrayList<>();
      for (int n = 0; n < orders; n++) {
        order.add(n);
      }
      Collections.shuffle(order, random);
      long highest = 0;
      long before = 0;
      for (int n : order) {
        book.deliver(n, random.nextInt(900));
        long reward = List.of(0L, 10L, 20L, 30L).get(random.nextInt(4));
        highest = Math.max(highest, reward);
        book.post(reward, false);
        assertThat(book.total()).as("seed %d", seed).isGreaterThanOrEqualTo(before);
        before = book.total();
      }
      book.post(highest, true);
      assertThat(book.total()).as("seed %d", seed).isEqualTo(highest * Math.min(MOST, orders));
      assertThat(book.lines.values()).allMatch(paid -> paid.stream().allMatch(fen -> fen > 0));
    }
  }

  @Test
  void badWeatherAtTheAcceptancePaysTheDifferenceOnce() {
    RewardDay.Order order =
        new RewardDay.Order("j-1", MORNING, MORNING.plusSeconds(900), 0, 0, 100, 1, 200);
    assertThat(RewardDay.weather(List.of(order)))
        .containsExactly(new RewardDay.Addition(order, 100, 1));
    RewardDay.Order paid =
        new RewardDay.Order("j-1", MORNING, MORNING.plusSeconds(900), 0, 0, 200, 2, 100);
    assertThat(RewardDay.weather(List.of(paid))).isEmpty();
  }
}
