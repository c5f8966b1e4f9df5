package org.shanpai.order.address;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.MerchantId;
import org.shanpai.contracts.StoreId;
import org.shanpai.messaging.Tx;
import org.shanpai.order.address.PlaceMatcher.Outcome;
import org.shanpai.order.store.Store;
import org.shanpai.order.store.StoreKeeping;

/**
 * From a pasted text to parts and, relative to a store, to a place. Neither stores nor logs the
 * text.
 */
@ApplicationScoped
public class AddressSearch {

  /** It is searched further than the store delivers, so that "too far" can be told. */
  private static final double BEYOND_RANGE = 1.5;

  private static final double BEYOND_METRES = 500;

  private final AddressRecogniser recogniser;
  private final KnownBuildings buildings;
  private final StoreKeeping stores;
  private final AddressSettings settings;
  private final Tx tx;
  private final Vertx vertx;

  AddressSearch(
      AddressRecogniser recogniser,
      KnownBuildings buildings,
      StoreKeeping stores,
      AddressSettings settings,
      Tx tx,
      Vertx vertx) {
    this.recogniser = recogniser;
    this.buildings = buildings;
    this.stores = stores;
    this.settings = settings;
    this.tx = tx;
    this.vertx = vertx;
  }

  /**
   * What a text says and where that is.
   *
   * @param missing what to ask for; more than the text lacks when the estate has many buildings
   */
  public record Recognition(
      RecognisedAddress address, List<MissingPart> missing, Outcome outcome) {}

  /**
   * Recognises a text.
   *
   * @param storeId null to look for no place
   * @throws Problem 422 naming {@code text} when it cannot be read at all; 404 for a store of
   *     somebody else
   */
  public Uni<Recognition> recognise(MerchantId merchant, StoreId storeId, String text) {
    check(text);
    if (storeId == null) {
      return read(text, false)
          .map(address -> new Recognition(address, address.missing(), Outcome.NOTHING));
    }
    return stores
        .get(merchant, storeId)
        .chain(store -> read(text, true).chain(address -> locate(store, address)));
  }

  private static void check(String text) {
    if (text.isBlank()) {
      throw Problem.unprocessable("text", "The text is empty; paste an address.");
    }
    if (text.length() > AddressRecogniser.LONGEST) {
      throw Problem.unprocessable(
          "text",
          "The text has %d characters; at most %d are read."
              .formatted(text.length(), AddressRecogniser.LONGEST));
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isISOControl(c) && "\t\r\n".indexOf(c) < 0) {
        throw Problem.unprocessable("text", "The text has a control character at " + i + ".");
      }
      if (Character.isHighSurrogate(c)
          ? i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1))
          : Character.isLowSurrogate(c)
              && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)))) {
        throw Problem.unprocessable("text", "The text has half a character at " + i + ".");
      }
    }
  }

  /** Takes milliseconds of computing: on a worker thread. */
  private Uni<RecognisedAddress> read(String text, boolean cityKnown) {
    return Uni.createFrom()
        .completionStage(
            () ->
                vertx
                    .executeBlocking(() -> recogniser.recognise(text, cityKnown), false)
                    .toCompletionStage());
  }

  private Uni<Recognition> locate(Store store, RecognisedAddress address) {
    BuildingKey key = BuildingKey.of(address);
    if (!key.telling()) {
      return Uni.createFrom().item(new Recognition(address, address.missing(), Outcome.NOTHING));
    }
    double metres = store.rangeMetres() * BEYOND_RANGE + BEYOND_METRES;
    return tx.read(() -> buildings.near(store.place(), metres, key, settings.leastLessons()))
        .map(
            known -> {
              Outcome outcome =
                  PlaceMatcher.match(
                      key,
                      address.value(AddressPart.DISTRICT),
                      store.place(),
                      store.rangeMetres(),
                      known);
              return new Recognition(address, missing(address, key, outcome), outcome);
            });
  }

  private static List<MissingPart> missing(
      RecognisedAddress address, BuildingKey key, Outcome outcome) {
    boolean ask =
        outcome.buildingNeeded()
            && key.building().isEmpty()
            && !address.missing().contains(MissingPart.BUILDING);
    if (!ask) {
      return address.missing();
    }
    List<MissingPart> missing = new ArrayList<>(address.missing());
    missing.add(MissingPart.BUILDING);
    missing.sort(null);
    return List.copyOf(missing);
  }
}
