package org.shanpai.rider.work.kafka;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.shanpai.contracts.event.EventType;
import org.shanpai.contracts.event.OfferState;
import org.shanpai.messaging.Event;
import org.shanpai.messaging.EventHandler;
import org.shanpai.messaging.Json;
import org.shanpai.messaging.PoisonException;
import org.shanpai.rider.stream.RiderMessages;
import org.shanpai.rider.work.RiderOffers;

/** Every change of an offer goes to its rider, so that the phone shows it and drops it in time. */
@ApplicationScoped
class OfferChanges implements EventHandler<OfferState> {

  private final RiderOffers offers;
  private final RiderMessages messages;

  OfferChanges(RiderOffers offers, RiderMessages messages) {
    this.offers = offers;
    this.messages = messages;
  }

  @Override
  public EventType<OfferState> type() {
    return EventType.OFFER_STATE;
  }

  @Override
  public Uni<Void> on(Event<OfferState> event) {
    OfferState offer = event.data();
    if (offer.offerId() == null
        || offer.riderId() == null
        || offer.status() == null
        || offer.createdAt() == null
        || offer.expiresAt() == null) {
      throw new PoisonException("an offer without id, rider, status, start or end");
    }
    String body = Json.write(offer);
    return offers
        .keep(offer, body)
        .chain(() -> messages.append(offer.riderId().value(), "offer", body));
  }
}
