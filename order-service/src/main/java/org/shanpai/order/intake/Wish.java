package org.shanpai.order.intake;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.MerchantId;
import org.shanpai.order.demand.Miss;
import org.shanpai.order.store.Store;
import org.shanpai.order.weather.AreaWeather;

/**
 * What is asked, with the store and the weather it is asked in.
 *
 * @param key the merchant's Idempotency-Key; null for none
 * @param kind what shall become of it
 */
public record Wish(
    MerchantId merchant, Ask ask, String key, Store store, AreaWeather sky, Kind kind) {

  /** What shall become of a wish. */
  public enum Kind {
    /** It is only asked what it would be. */
    QUOTE,
    /** Goods shall be brought. */
    ORDER,
    /** An order of the sandbox: nobody rides, so no weather and no load stands against it. */
    PLAY
  }

  // Whoever is refused a quote and orders all the same does so within minutes.
  private static final int SAME_WISH_MINUTES = 5;

  /** The same for other goods. */
  public Wish of(GoodsTotals goods) {
    return new Wish(merchant, ask.of(goods), key, store, sky, kind);
  }

  /** From store to door as the crow flies, rounded up. */
  public int metres() {
    return (int) Math.ceil(store.place().metresTo(ask.dropoff()));
  }

  /**
   * What the city learns when this is refused.
   *
   * @return null when there is something wrong with the asking itself
   */
  public Miss miss(Problem refusal, Instant now) {
    return kind != Kind.PLAY && refusal instanceof Refusal known
        ? new Miss(
            marks(now),
            otherMarks(now),
            store.id(),
            store.areaId(),
            ask.dropoff(),
            known.reason(),
            metres(),
            null,
            now)
        : null;
  }

  /**
   * What makes two refused requests one wish: the merchant's own number, where there is one. Else
   * the key of the request, and besides the store, the place and the minute, because whoever tries
   * again in a hurry may do so under a new key.
   */
  List<String> marks(Instant now) {
    if (ask.merchantOrderNo() != null) {
      return List.of("number\n" + merchant + "\n" + ask.merchantOrderNo());
    }
    List<String> marks = new ArrayList<>();
    marks.add(quoting() ? quoted(span(now)) : placed(minute(now)));
    if (key != null) {
      marks.add((quoting() ? "quote-key\n" : "key\n") + merchant + "\n" + key);
    }
    return marks;
  }

  /** A quote and the order after it are one wish, in whichever order both are refused. */
  List<String> otherMarks(Instant now) {
    List<String> marks = new ArrayList<>();
    marks.add(quoted(span(now) - 1));
    if (!quoting()) {
      marks.add(quoted(span(now)));
    } else if (ask.merchantOrderNo() == null) {
      for (int i = 0; i < SAME_WISH_MINUTES; i++) {
        marks.add(placed(minute(now) - i));
      }
    }
    return marks;
  }

  private boolean quoting() {
    return kind == Kind.QUOTE;
  }

  private static long minute(Instant now) {
    return now.getEpochSecond() / 60;
  }

  private static long span(Instant now) {
    return minute(now) / SAME_WISH_MINUTES;
  }

  private String placed(long minute) {
    return "place\n" + where() + "\n" + minute;
  }

  private String quoted(long span) {
    return "quoted\n" + where() + "\n" + span;
  }

  private String where() {
    GeoPoint near = Miss.rounded(ask.dropoff());
    return store.id() + "\n" + near.lat() + "\n" + near.lon();
  }
}
