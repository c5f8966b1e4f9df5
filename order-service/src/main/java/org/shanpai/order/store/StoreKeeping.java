package org.shanpai.order.store;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.shanpai.chassis.City;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.MerchantId;
import org.shanpai.contracts.StoreId;
import org.shanpai.contracts.ToldPlace;
import org.shanpai.contracts.event.EventType;
import org.shanpai.messaging.Outbox;
import org.shanpai.messaging.Tx;
import org.shanpai.order.merchant.Merchants;

/** How merchants keep their stores. Somebody else's store is as good as none. */
@ApplicationScoped
public class StoreKeeping {

  private final Tx tx;
  private final Stores stores;
  private final Merchants merchants;
  private final AreaFinder areas;
  private final Outbox outbox;
  private final City city;

  StoreKeeping(
      Tx tx, Stores stores, Merchants merchants, AreaFinder areas, Outbox outbox, City city) {
    this.tx = tx;
    this.stores = stores;
    this.merchants = merchants;
    this.areas = areas;
    this.outbox = outbox;
    this.city = city;
  }

  /** A store as it stands now, and whether it is new. */
  public record Kept(Store store, boolean created) {}

  /**
   * Creates a store or changes it.
   *
   * @param hours null to leave them as they are
   * @param otherReadings how else its place may have been meant
   * @throws Problem 404 for somebody else's; 422 on {@code place} outside every area; 503 while the
   *     area cannot be looked up
   */
  public Uni<Kept> keep(
      MerchantId owner,
      StoreId id,
      StoreDetails details,
      OpeningHours hours,
      List<ToldPlace.Reading> otherReadings) {
    return tx.read(() -> merchants.find(owner).chain(known -> before(known.isPresent(), owner, id)))
        .chain(before -> area(before, owner, details, otherReadings))
        .chain(area -> tx.write(() -> write(owner, id, details, hours, area)));
  }

  /**
   * Says when a store there is opens and closes.
   *
   * @throws Problem 404 for somebody else's
   */
  public Uni<Store> setHours(MerchantId owner, StoreId id, OpeningHours hours) {
    return change(owner, id, store -> store.change(store.details(), hours, store.areaId()));
  }

  /**
   * Throws the switch of a store there is.
   *
   * @throws Problem 404 for somebody else's
   */
  public Uni<Store> setOpen(MerchantId owner, StoreId id, boolean open) {
    return change(
        owner, id, store -> store.change(store.details().withOpen(open), null, store.areaId()));
  }

  private Uni<Store> change(MerchantId owner, StoreId id, Predicate<Store> work) {
    return tx.write(
        () ->
            stores
                .lock(id)
                .map(found -> own(found, owner, id))
                .call(store -> work.test(store) ? publish(store) : Uni.createFrom().voidItem()));
  }

  /**
   * What became of a line of a file.
   *
   * @param reason null unless it was refused
   * @param kept null when it was refused
   */
  public record LineReport(int line, String reason, Kept kept) {}

  /** Takes every good line of a file, one after the other; a bad one stops nobody else. */
  public Uni<List<LineReport>> keepAll(MerchantId owner, List<StoreFile.Line> lines) {
    return Multi.createFrom()
        .iterable(lines)
        .onItem()
        .transformToUniAndConcatenate(
            line ->
                line.reason() != null
                    ? Uni.createFrom().item(new LineReport(line.number(), line.reason(), null))
                    : keep(
                            owner,
                            line.storeId(),
                            line.details(),
                            line.hours(),
                            line.otherReadings())
                        .map(kept -> new LineReport(line.number(), null, kept))
                        .onFailure(Problem.class)
                        .recoverWithItem(
                            refusal -> new LineReport(line.number(), refusal.getMessage(), null)))
        .collect()
        .asList();
  }

  public Uni<Store> get(MerchantId owner, StoreId id) {
    return tx.read(() -> stores.find(id)).map(found -> own(found, owner, id));
  }

  /** Of one merchant, by id; at most {@code limit} after {@code after}. */
  public Uni<List<Store>> list(MerchantId owner, StoreId after, int limit) {
    return tx.read(() -> stores.list(owner, after, limit));
  }

  private Uni<Optional<Store>> before(boolean merchantKnown, MerchantId owner, StoreId id) {
    if (!merchantKnown) {
      throw Problem.forbidden("The merchant " + owner + " has not been taken in here.");
    }
    return stores
        .find(id)
        .invoke(found -> found.ifPresent(store -> own(Optional.of(store), owner, id)));
  }

  /** Asked outside any transaction: no row waits for another service. */
  private Uni<AreaId> area(
      Optional<Store> before,
      MerchantId owner,
      StoreDetails details,
      List<ToldPlace.Reading> otherReadings) {
    if (before.isPresent() && before.get().place().equals(details.place())) {
      return Uni.createFrom().item(before.get().areaId());
    }
    return areas
        .areaAt(details.place(), owner)
        .chain(
            found ->
                found.isPresent()
                    ? Uni.createFrom().item(found.get())
                    : hint(owner, otherReadings, 0)
                        .chain(
                            hint ->
                                Uni.createFrom()
                                    .failure(
                                        Problem.unprocessable(
                                            "outside-areas",
                                            "place",
                                            "The place lies outside every area served." + hint))));
  }

  /** A sentence on the first reading that lies in an area, or nothing. */
  private Uni<String> hint(MerchantId owner, List<ToldPlace.Reading> readings, int index) {
    if (index == readings.size()) {
      return Uni.createFrom().item("");
    }
    ToldPlace.Reading reading = readings.get(index);
    return areas
        .areaAt(reading.place(), owner)
        .chain(
            found ->
                found.isPresent()
                    ? Uni.createFrom().item(" It would not when " + reading.words() + ".")
                    : hint(owner, readings, index + 1));
  }

  private Uni<Kept> write(
      MerchantId owner, StoreId id, StoreDetails details, OpeningHours hours, AreaId area) {
    Store fresh = new Store(id, owner, details, hours, area);
    return stores
        .insert(fresh)
        .chain(
            created -> {
              if (created) {
                return publish(fresh).replaceWith(new Kept(fresh, true));
              }
              return stores
                  .lock(id)
                  .chain(
                      found -> {
                        Store store = own(found, owner, id);
                        Uni<Void> told =
                            store.change(details, hours, area)
                                ? publish(store)
                                : Uni.createFrom().voidItem();
                        return told.replaceWith(new Kept(store, false));
                      });
            });
  }

  private Uni<Void> publish(Store store) {
    return outbox.append(
        EventType.STORE_STATE, store.id().value(), store.version(), store.state(city.id()));
  }

  private static Store own(Optional<Store> found, MerchantId owner, StoreId id) {
    return found
        .filter(store -> store.merchantId().equals(owner))
        .orElseThrow(
            () -> new Problem(404, "not-found", "storeId", "There is no store " + id + ".", 0));
  }
}
