package org.shanpai.order.address;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.OrderId;
import org.shanpai.contracts.event.OrderStatus;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.messaging.Tx;
import org.shanpai.order.address.KnownBuildings.Telling;
import org.shanpai.order.orders.Contact;
import org.shanpai.order.orders.Order;
import org.shanpai.order.orders.Orders;
import org.shanpai.order.privacy.Contacts;

/**
 * Learns from delivered orders where buildings are. An order is noted in the transaction that
 * delivers it and read later, by one of the replicas, so that nothing that goes wrong with an
 * address holds up a delivery. What is kept ends at the building.
 */
@ApplicationScoped
public class BuildingLearning {

  private static final Logger LOG = Logger.getLogger(BuildingLearning.class);

  /** An address less surely understood teaches nothing. */
  private static final int SURE = 50;

  private final Tx tx;
  private final Orders orders;
  private final Contacts contacts;
  private final KnownBuildings buildings;
  private final AddressRecogniser recogniser;
  private final AddressSettings settings;
  private final CityClock clock;

  BuildingLearning(
      Tx tx,
      Orders orders,
      Contacts contacts,
      KnownBuildings buildings,
      AddressRecogniser recogniser,
      AddressSettings settings,
      CityClock clock) {
    this.tx = tx;
    this.orders = orders;
    this.contacts = contacts;
    this.buildings = buildings;
    this.recogniser = recogniser;
    this.settings = settings;
    this.clock = clock;
  }

  /** Notes an order that has just been delivered, in the caller's transaction. */
  public Uni<Void> delivered(Order order) {
    return order.status() == OrderStatus.DELIVERED
        ? buildings.queueLesson(order.id())
        : Uni.createFrom().voidItem();
  }

  @Scheduled(
      every = "${shanpai.address.learn-every}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  Uni<Void> learn() {
    return tx.detached(() -> tx.write(this::lessons))
        .onFailure()
        .recoverWithUni(
            failure -> {
              LOG.warnf(
                  "Delivered addresses are learned from later: %s at %s",
                  failure.getClass(), failure.getStackTrace()[0]);
              return Uni.createFrom().voidItem();
            });
  }

  @Scheduled(every = "6h", delayed = "10m")
  Uni<Void> forget() {
    return tx.detached(
            () ->
                tx.write(
                    () -> buildings.forgetLonely(clock.now().minus(settings.forgetLonelyAfter()))))
        .replaceWithVoid()
        .onFailure()
        .recoverWithUni(
            failure -> {
              LOG.warnf("Lonely buildings stay until the next sweep: %s", failure.getClass());
              return Uni.createFrom().voidItem();
            });
  }

  private Uni<Void> lessons() {
    return buildings
        .takeLessons(settings.lessonsAtOnce())
        .chain(
            taken ->
                Multi.createFrom()
                    .iterable(taken)
                    .onItem()
                    .transformToUniAndConcatenate(this::lesson)
                    .collect()
                    .asList()
                    .replaceWithVoid());
  }

  private Uni<Void> lesson(OrderId id) {
    return orders
        .find(id)
        .chain(
            order ->
                contacts
                    .find(id)
                    .chain(
                        contact ->
                            order.isEmpty()
                                ? Uni.createFrom().voidItem()
                                : take(contact, order.get().dropoff())));
  }

  private Uni<Void> take(Optional<Contact> contact, GeoPoint dropoff) {
    String text = contact.map(Contact::address).orElse("");
    if (text == null || text.isBlank() || text.length() > AddressRecogniser.LONGEST) {
      return Uni.createFrom().voidItem();
    }
    RecognisedAddress address = recogniser.recognise(text, true);
    BuildingKey key = BuildingKey.of(address);
    if (!key.telling() || surety(address) < SURE) {
      return Uni.createFrom().voidItem();
    }
    return buildings.learn(key, telling(address, key, dropoff), clock.now());
  }

  /** Of the parts that are learned; a missing room does not matter here. */
  private static int surety(RecognisedAddress address) {
    return address.parts().stream()
        .filter(
            part ->
                part.part() == AddressPart.ROAD
                    || part.part() == AddressPart.ESTATE
                    || part.part() == AddressPart.VILLAGE)
        .mapToInt(RecognisedPart::confidence)
        .max()
        .orElse(0);
  }

  private static Telling telling(RecognisedAddress address, BuildingKey key, GeoPoint place) {
    return new Telling(
        address.value(AddressPart.DISTRICT),
        key.estate().isEmpty() ? null : key.estate(),
        key.road().isEmpty() ? null : address.value(AddressPart.ROAD),
        key.road().isEmpty() ? null : address.value(AddressPart.NUMBER),
        key.building().isEmpty() ? null : address.value(AddressPart.BUILDING),
        place);
  }
}
