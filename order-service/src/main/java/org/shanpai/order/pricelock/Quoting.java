package org.shanpai.order.pricelock;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.shanpai.chassis.IdSource;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.MerchantId;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.messaging.Tx;
import org.shanpai.order.demand.MissedDemand;
import org.shanpai.order.intake.Ask;
import org.shanpai.order.intake.Assessment;
import org.shanpai.order.intake.Assessor;
import org.shanpai.order.intake.Split;
import org.shanpai.order.intake.Wish;
import org.shanpai.order.orders.Item;
import org.shanpai.order.store.Store;
import org.shanpai.order.store.Stores;
import org.shanpai.order.weather.Weather;

/** Tells merchants what a delivery would cost and when it would come, and keeps the word. */
@ApplicationScoped
public class Quoting {

  private final Tx tx;
  private final Stores stores;
  private final Weather weather;
  private final Assessor assessor;
  private final Split split;
  private final PricedQuotes quotes;
  private final MissedDemand missedDemand;
  private final IdSource ids;
  private final CityClock clock;
  private final PriceLockSettings settings;
  private final MeterRegistry metrics;

  Quoting(
      Tx tx,
      Stores stores,
      Weather weather,
      Assessor assessor,
      Split split,
      PricedQuotes quotes,
      MissedDemand missedDemand,
      IdSource ids,
      CityClock clock,
      PriceLockSettings settings,
      MeterRegistry metrics) {
    this.tx = tx;
    this.stores = stores;
    this.weather = weather;
    this.assessor = assessor;
    this.split = split;
    this.quotes = quotes;
    this.missedDemand = missedDemand;
    this.ids = ids;
    this.clock = clock;
    this.settings = settings;
    this.metrics = metrics;
  }

  /**
   * What can be said of a wish.
   *
   * @param quote not written yet; null when it cannot be served
   * @param releaseAt see {@link Assessor#releaseAt}
   */
  public record Answer(Wish wish, Assessment assessment, PricedQuote quote, Instant releaseAt) {}

  /**
   * Works out what can be said. Writes nothing.
   *
   * @param items what more than one rider carries is split by; null where they are not told, or the
   *     merchant says what room they take
   * @param key the merchant's key of this request; null for none
   * @throws Problem 404 for a store that is not the merchant's
   */
  public Uni<Answer> answer(MerchantId merchant, Ask ask, List<Item> items, String key) {
    return tx.read(
            () ->
                stores
                    .find(ask.storeId())
                    .map(found -> own(found, merchant, ask))
                    .chain(
                        store ->
                            weather
                                .at(store.areaId())
                                .map(
                                    sky ->
                                        new Wish(merchant, ask, key, store, sky, Wish.Kind.QUOTE))))
        .chain(wish -> assess(wish, items).map(assessment -> answer(wish, assessment)));
  }

  /** What several riders carry is assessed as its first load; the others cost what they cost. */
  private Uni<Assessment> assess(Wish wish, List<Item> items) {
    if (items == null) {
      return assessor.assess(wish);
    }
    List<Split.Share> shares;
    try {
      shares = split.shares(items, null);
    } catch (Problem unpackable) {
      return assessor.assess(wish, unpackable);
    }
    return assessor
        .assess(wish.of(shares.get(0).totals()))
        .map(
            first ->
                first.available() ? first.with(split.whole(first.conditions(), shares)) : first);
  }

  private Answer answer(Wish wish, Assessment assessment) {
    if (!assessment.available()) {
      count(assessment.refusals().get(0).slug());
      return new Answer(wish, assessment, null, null);
    }
    count("priced");
    Instant now = clock.now();
    return new Answer(
        wish,
        assessment,
        new PricedQuote(
            ids.next("q"),
            wish.merchant(),
            wish.ask(),
            assessment.conditions(),
            now,
            now.plus(settings.length()),
            null),
        assessor.releaseAt(assessment.conditions(), now));
  }

  /** Locks price and promise, in the caller's transaction or in one of its own. */
  public Uni<Void> keep(Answer answer) {
    return tx.write(() -> quotes.insert(answer.quote()));
  }

  /** Tells the city whom this answer sent away; never fails. */
  public Uni<Void> tellMissed(Answer answer) {
    Instant now = clock.now();
    return answer.assessment().refusals().stream()
        .map(refusal -> answer.wish().miss(refusal, now))
        .filter(Objects::nonNull)
        .findFirst()
        .map(missedDemand::tellApart)
        .orElseGet(() -> Uni.createFrom().voidItem());
  }

  /**
   * One of the merchant's quotes.
   *
   * @throws Problem 404 for somebody else's, and for one that is too old
   */
  public Uni<PricedQuote> get(MerchantId merchant, String quoteId) {
    return tx.read(() -> quotes.get(merchant, quoteId))
        .map(found -> found.orElseThrow(() -> Problem.notFound("quote " + quoteId)));
  }

  /** See {@link Assessor#releaseAt}. */
  public Instant releaseAt(PricedQuote quote) {
    return assessor.releaseAt(quote.conditions(), clock.now());
  }

  private void count(String outcome) {
    metrics.counter("shanpai.price.quotes", "outcome", outcome).increment();
  }

  private static Store own(Optional<Store> found, MerchantId merchant, Ask ask) {
    return found
        .filter(known -> known.merchantId().equals(merchant))
        .orElseThrow(
            () ->
                new Problem(
                    404, "not-found", "storeId", "There is no store " + ask.storeId() + ".", 0));
  }
}
