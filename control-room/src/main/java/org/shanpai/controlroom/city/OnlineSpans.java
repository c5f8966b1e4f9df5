package org.shanpai.controlroom.city;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.shanpai.contracts.RiderId;

/** How long riders were online. Spans that ended before the day in question count nothing. */
final class OnlineSpans {

  private final Map<RiderId, Map<Instant, Instant>> untilBySince = new HashMap<>();

  /** An earlier span of the rider that was never closed ends where this one begins. */
  void opened(RiderId rider, Instant since) {
    Map<Instant, Instant> spans = untilBySince.computeIfAbsent(rider, r -> new HashMap<>());
    if (spans.putIfAbsent(since, Instant.MAX) == null) {
      spans.replaceAll(
          (start, end) -> end.equals(Instant.MAX) && !start.equals(since) ? since : end);
    }
  }

  void closed(RiderId rider, Instant since, Instant until) {
    untilBySince.computeIfAbsent(rider, r -> new HashMap<>()).put(since, until);
  }

  /** Closes whatever span of the rider is still open. */
  void offline(RiderId rider, Instant until) {
    Map<Instant, Instant> spans = untilBySince.get(rider);
    if (spans != null) {
      spans.replaceAll((since, end) -> end.equals(Instant.MAX) ? until : end);
    }
  }

  /** Online time of all riders from {@code start} to {@code now}. */
  Duration total(Instant start, Instant now) {
    long millis = 0;
    for (Map<Instant, Instant> spans : untilBySince.values()) {
      for (Map.Entry<Instant, Instant> span : spans.entrySet()) {
        Instant from = span.getKey().isBefore(start) ? start : span.getKey();
        Instant until = span.getValue().isAfter(now) ? now : span.getValue();
        if (until.isAfter(from)) {
          millis += Duration.between(from, until).toMillis();
        }
      }
    }
    return Duration.ofMillis(millis);
  }

  /** Forgets what ended before that instant. */
  void forgetBefore(Instant start) {
    untilBySince.values().forEach(spans -> spans.values().removeIf(end -> end.isBefore(start)));
    untilBySince.values().removeIf(Map::isEmpty);
  }
}
