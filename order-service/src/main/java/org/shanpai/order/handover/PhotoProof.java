package org.shanpai.order.handover;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.shanpai.chassis.LogContext;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.MerchantId;
import org.shanpai.contracts.OrderId;
import org.shanpai.contracts.RiderId;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.contracts.time.WallClock;
import org.shanpai.messaging.Tx;
import org.shanpai.order.orders.Order;
import org.shanpai.order.orders.Orders;
import org.shanpai.order.proof.Photo;
import org.shanpai.order.proof.Photos;
import org.shanpai.order.proof.Picture;
import org.shanpai.order.whereabouts.Whereabouts;

/** Pictures riders take at the door: handed in by the order's rider, seen by its merchant. */
@ApplicationScoped
public class PhotoProof {

  private static final int RETRY_AFTER_SECONDS = 1;

  private final Tx tx;
  private final Orders orders;
  private final AssignmentWait assignments;
  private final Photos photos;
  private final HandoverRecords records;
  private final Whereabouts whereabouts;
  private final CityClock clock;
  private final WallClock wall;
  private final Vertx vertx;

  PhotoProof(
      Tx tx,
      Orders orders,
      AssignmentWait assignments,
      Photos photos,
      HandoverRecords records,
      Whereabouts whereabouts,
      CityClock clock,
      WallClock wall,
      Vertx vertx) {
    this.tx = tx;
    this.orders = orders;
    this.assignments = assignments;
    this.photos = photos;
    this.records = records;
    this.whereabouts = whereabouts;
    this.clock = clock;
    this.wall = wall;
    this.vertx = vertx;
  }

  /** How an order's goods changed hands, and the pictures of it. */
  public record Proof(OrderId orderId, List<HandoverRecord> handovers, List<Photo> photos) {}

  /** A picture to show. */
  public record Shown(String mediaType, byte[] bytes) {}

  /**
   * Keeps a picture; the same one handed in again is kept once.
   *
   * @param proofId chosen by the sender, the same when it sends again
   * @param epoch the rider's fencing token
   * @throws Problem 404 not this rider's order; 409 {@code stale-epoch}, {@code order-ended},
   *     {@code too-many-photos}, or {@code assignment-under-way}; 413, 422 see {@link Picture#of}
   */
  public Uni<Photo> put(OrderId id, RiderId rider, String proofId, long epoch, byte[] file) {
    LogContext.order(id.value());
    return assignments
        .of(id, rider, epoch)
        .invoke(order -> refuseUnlessInHand(order, epoch))
        .chain(order -> read(file))
        .chain(
            picture ->
                whereabouts
                    .metresFromDoor(id, clock.now())
                    .chain(
                        metres ->
                            tx.write(
                                () ->
                                    orders
                                        .lock(id)
                                        .chain(
                                            order ->
                                                keep(
                                                    photo(
                                                        id, rider, proofId, epoch, picture, metres),
                                                    order.orElseThrow(),
                                                    picture)))));
  }

  private Photo photo(
      OrderId id,
      RiderId rider,
      String proofId,
      long epoch,
      Picture picture,
      Optional<Integer> metres) {
    return new Photo(
        proofId,
        id,
        rider,
        epoch,
        picture.mediaType(),
        picture.width(),
        picture.height(),
        metres.orElse(null),
        clock.now(),
        wall.now(),
        true);
  }

  private Uni<Photo> keep(Photo photo, Order order, Picture picture) {
    return photos
        .of(order.id())
        .chain(
            before -> {
              Optional<Photo> same =
                  before.stream().filter(p -> p.proofId().equals(photo.proofId())).findFirst();
              if (same.isPresent()) {
                return Uni.createFrom().item(same.get());
              }
              refuseUnlessInHand(order, photo.jobEpoch());
              if (before.size() >= Photos.MOST) {
                throw Problem.conflict(
                    "too-many-photos", "An order has at most " + Photos.MOST + " pictures.");
              }
              return photos
                  .add(photo, picture.bytes())
                  .map(
                      added -> {
                        if (!added) {
                          throw Problem.notFound("picture " + photo.proofId() + " of this order");
                        }
                        return photo;
                      });
            });
  }

  private static void refuseUnlessInHand(Order order, long epoch) {
    if (order.status().terminal()) {
      throw Problem.conflict("order-ended", "The order is " + order.status() + " already.");
    }
    if (epoch < order.jobEpoch()) {
      throw Problem.conflict(
          "stale-epoch", "epoch", "The job was given to somebody since; its epoch has risen.");
    }
    if (epoch > order.jobEpoch()) {
      throw Problem.conflictRetry(
          "assignment-under-way",
          "The news of your assignment has not arrived here yet; try again.",
          RETRY_AFTER_SECONDS);
    }
  }

  /** Megabytes are read on a worker thread. */
  private Uni<Picture> read(byte[] file) {
    return Uni.createFrom()
        .completionStage(
            () -> vertx.executeBlocking(() -> Picture.of(file), false).toCompletionStage());
  }

  /**
   * What proves an order's hand-overs, for its merchant.
   *
   * @throws Problem 404
   */
  public Uni<Proof> of(MerchantId merchant, OrderId id) {
    return tx.read(
        () ->
            own(merchant, id)
                .chain(() -> records.of(id))
                .chain(
                    handovers ->
                        photos.of(id).map(pictures -> new Proof(id, handovers, pictures))));
  }

  /**
   * A picture of an order, for its merchant.
   *
   * @param proofId null for the one that proved the delivery, or else the newest
   * @throws Problem 404 when there is none, or it was erased
   */
  public Uni<Shown> picture(MerchantId merchant, OrderId id, String proofId) {
    return of(merchant, id)
        .chain(
            proof -> {
              Photo photo =
                  chosen(proof, proofId)
                      .orElseThrow(() -> Problem.notFound("picture of order " + id));
              return tx.read(() -> photos.picture(photo.proofId()))
                  .map(
                      bytes ->
                          new Shown(
                              photo.mediaType(),
                              bytes.orElseThrow(
                                  () -> Problem.notFound("picture of order " + id + " any more"))));
            });
  }

  /**
   * A picture the rider handed in with that order, whoever has the order by now.
   *
   * @throws Problem 404 when there is none of theirs, or it was erased
   */
  public Uni<Shown> picture(RiderId rider, OrderId id, String proofId) {
    LogContext.order(id.value());
    return tx.read(
        () ->
            photos
                .find(proofId)
                .map(
                    found ->
                        found
                            .filter(p -> p.orderId().equals(id) && p.riderId().equals(rider))
                            .orElseThrow(() -> Problem.notFound("picture " + proofId)))
                .chain(
                    photo ->
                        photos
                            .picture(proofId)
                            .map(
                                bytes ->
                                    new Shown(
                                        photo.mediaType(),
                                        bytes.orElseThrow(
                                            () ->
                                                Problem.notFound(
                                                    "picture " + proofId + " any more"))))));
  }

  private static Optional<Photo> chosen(Proof proof, String proofId) {
    String wanted =
        proofId != null
            ? proofId
            : proof.handovers().stream()
                .map(HandoverRecord::proofId)
                .filter(java.util.Objects::nonNull)
                .findFirst()
                .orElse(null);
    return proof.photos().stream()
        .filter(photo -> wanted == null || photo.proofId().equals(wanted))
        .findFirst();
  }

  private Uni<Order> own(MerchantId merchant, OrderId id) {
    return orders
        .find(id)
        .map(
            found ->
                found
                    .filter(order -> order.merchantId().equals(merchant))
                    .orElseThrow(() -> Problem.notFound("order " + id)));
  }
}
