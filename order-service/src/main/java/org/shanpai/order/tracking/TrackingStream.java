package org.shanpai.order.tracking;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.OrderId;
import org.shanpai.messaging.Tx;

/**
 * Keeps open pages up to date. A view is read at most once per refresh however many pages look at
 * the order; a page hears only of changes, and every fifteen seconds that nothing changed.
 */
@ApplicationScoped
public class TrackingStream {

  private static final Duration SILENCE = Duration.ofSeconds(15);
  private static final int RETRY_AFTER_SECONDS = 10;

  private final Tracking tracking;
  private final Tx tx;
  private final TrackingSettings settings;
  private final AsyncCache<OrderId, TrackedOrder> views;
  private final AtomicInteger open = new AtomicInteger();

  TrackingStream(Tracking tracking, Tx tx, TrackingSettings settings, MeterRegistry metrics) {
    this.tracking = tracking;
    this.tx = tx;
    this.settings = settings;
    this.views =
        Caffeine.newBuilder()
            .maximumSize(20_000)
            .expireAfterWrite(settings.refresh().dividedBy(2))
            .buildAsync();
    metrics.gauge("shanpai.tracking.streams", open);
  }

  /** What a page is told. */
  public sealed interface News {
    /** The order changed, or the page came only now. */
    record Changed(TrackedOrder view) implements News {}

    /** Nothing changed for a while. */
    record Quiet() implements News {}

    /** There is nothing to see any more. */
    record Over() implements News {}
  }

  /**
   * The order as it stands, then every change; completes after the order's end was told.
   *
   * @throws Problem 503 with Retry-After when too many pages are open
   */
  public Multi<News> follow(OrderId id) {
    if (open.get() >= settings.mostStreams()) {
      throw Problem.unavailable("Too many pages are open; ask now and then.", RETRY_AFTER_SECONDS);
    }
    Page page = new Page();
    return Multi.createFrom()
        .ticks()
        .every(settings.refresh())
        .onOverflow()
        .drop()
        .select()
        .first(tick -> !page.over)
        .onItem()
        .transformToUniAndConcatenate(tick -> view(id))
        .onItem()
        .transformToMultiAndConcatenate(
            view ->
                page.next(view).map(Multi.createFrom()::item).orElse(Multi.createFrom().empty()))
        .onFailure(Problem.class)
        .recoverWithItem(new News.Over())
        .onSubscription()
        .invoke(open::incrementAndGet)
        .onTermination()
        .invoke(open::decrementAndGet);
  }

  /** What one page was told. */
  private final class Page {
    private final long mostQuiet = Math.max(1, SILENCE.dividedBy(settings.refresh()));
    private TrackedOrder told;
    private long quiet;
    private volatile boolean over;

    synchronized Optional<News> next(TrackedOrder view) {
      if (view.sameAs(told)) {
        quiet++;
        return quiet % mostQuiet == 0 ? Optional.of(new News.Quiet()) : Optional.empty();
      }
      told = view;
      quiet = 0;
      over = view.ended();
      return Optional.of(new News.Changed(view));
    }
  }

  private Uni<TrackedOrder> view(OrderId id) {
    return Uni.createFrom()
        .completionStage(
            () ->
                views.get(
                    id,
                    (wanted, executor) -> {
                      CompletableFuture<TrackedOrder> answer = new CompletableFuture<>();
                      tx.detached(() -> tracking.look(wanted))
                          .subscribe()
                          .with(answer::complete, answer::completeExceptionally);
                      return answer;
                    }));
  }
}
