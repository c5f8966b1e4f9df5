package org.shanpai.order.webhook;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import org.jboss.logging.Logger;
import org.shanpai.messaging.Json;
import org.shanpai.messaging.Tx;
import org.shanpai.order.live.MerchantStreams;
import org.shanpai.order.webhook.Deliveries.SwitchedOff;

/** Tells merchants that their endpoint was switched off, where they still listen. */
@ApplicationScoped
class SwitchOffNotices {

  private static final Logger LOG = Logger.getLogger(SwitchOffNotices.class);

  private final Tx tx;
  private final Deliveries deliveries;
  private final MerchantStreams streams;
  private final MeterRegistry metrics;

  SwitchOffNotices(Tx tx, Deliveries deliveries, MerchantStreams streams, MeterRegistry metrics) {
    this.tx = tx;
    this.deliveries = deliveries;
    this.streams = streams;
    this.metrics = metrics;
  }

  private record Body(String type, Instant timestamp, Data data) {}

  private record Data(String url, String reason, Instant since) {}

  /** In the transaction that switched them off. */
  Uni<Void> switchedOff(List<SwitchedOff> endpoints) {
    return Multi.createFrom()
        .iterable(endpoints)
        .onItem()
        .transformToUniAndConcatenate(this::tell)
        .collect()
        .last()
        .replaceWithVoid();
  }

  private Uni<Void> tell(SwitchedOff off) {
    tx.afterCommit(
        () -> {
          metrics.counter("shanpai.webhook.switched.off", "reason", off.reason()).increment();
          LOG.infof("The webhook of %s is switched off: %s", off.merchant(), off.reason());
        });
    return deliveries
        .addForStreams(
            off.merchant(),
            NoticeType.SWITCHED_OFF,
            Json.write(
                new Body(
                    NoticeType.SWITCHED_OFF,
                    off.since(),
                    new Data(off.url(), off.reason(), off.since()))),
            off.since())
        .invoke(
            listens -> {
              if (listens) {
                tx.afterCommit(streams::wake);
              }
            })
        .replaceWithVoid();
  }
}
