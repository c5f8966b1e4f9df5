package org.shanpai.geo.weather.feed;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.shanpai.geo.weather.WeatherRegister;
import org.shanpai.geo.weather.WeatherSetting;

/** Asks the feed now and then, and hands on what it says. */
@ApplicationScoped
public class FeedPolling {

  private static final Logger LOG = Logger.getLogger(FeedPolling.class);
  private static final int MOST_SENTENCES = 10;

  private final WeatherFeed feed;
  private final WeatherRegister register;
  private final Vertx vertx;
  private final MeterRegistry metrics;

  // Read, but not yet in the database.
  private final AtomicReference<List<WeatherSetting>> waiting = new AtomicReference<>();

  public FeedPolling(
      WeatherFeed feed, WeatherRegister register, Vertx vertx, MeterRegistry metrics) {
    this.feed = feed;
    this.register = register;
    this.vertx = vertx;
    this.metrics = metrics;
  }

  @Scheduled(
      every = "{shanpai.geo.weather.feed-every}",
      delayed = "{shanpai.geo.weather.feed-every}",
      concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> poll() {
    return Uni.createFrom()
        .completionStage(() -> vertx.executeBlocking(feed::poll, false).toCompletionStage())
        .chain(
            reading -> {
              reading.ifPresent(this::note);
              List<WeatherSetting> lines = waiting.get();
              return lines == null
                  ? Uni.createFrom().voidItem()
                  : register.feed(lines).invoke(() -> waiting.compareAndSet(lines, null));
            })
        .onFailure()
        .recoverWithItem(
            failure -> {
              LOG.warnf("The weather feed is asked again later: %s", failure);
              return null;
            });
  }

  private void note(WeatherFeed.Reading reading) {
    reading.refused().stream()
        .limit(MOST_SENTENCES)
        .forEach(sentence -> LOG.warnf("The weather feed: %s", sentence));
    metrics.counter("shanpai.geo.weather.feed.refused").increment(reading.refused().size());
    waiting.set(reading.lines());
  }
}
