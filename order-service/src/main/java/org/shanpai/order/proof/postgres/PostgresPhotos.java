package org.shanpai.order.proof.postgres;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.shanpai.contracts.OrderId;
import org.shanpai.contracts.RiderId;
import org.shanpai.messaging.Instants;
import org.shanpai.messaging.Tx;
import org.shanpai.order.privacy.Erasable;
import org.shanpai.order.privacy.Resealable;
import org.shanpai.order.privacy.Sealing;
import org.shanpai.order.proof.Photo;
import org.shanpai.order.proof.Photos;

/** {@link Photos} in PostgreSQL. */
@ApplicationScoped
class PostgresPhotos implements Photos, Erasable, Resealable {

  private static final String SELECT =
      "select proof_id, order_id, rider_id, job_epoch, media_type, width, height,"
          + " metres_from_door, at, wall_at, sealed is not null from proof where ";

  /** Pictures are large: no more than this in memory at once. */
  private static final int RESEALED_AT_ONCE = 8;

  private final Tx tx;
  private final Sealing sealing;

  PostgresPhotos(Tx tx, Sealing sealing) {
    this.tx = tx;
    this.sealing = sealing;
  }

  @Override
  public Uni<Boolean> add(Photo photo, byte[] picture) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        """
                        insert into proof (proof_id, order_id, rider_id, job_epoch, media_type,
                            width, height, sealed, sealed_with, metres_from_door, at, wall_at)
                        values (:proofId, :orderId, :riderId, :epoch, :mediaType, :width, :height,
                            :sealed, :keyId, cast(:metres as integer), :at, :wallAt)
                        on conflict do nothing
                        """)
                    .setParameter("proofId", photo.proofId())
                    .setParameter("orderId", photo.orderId().value())
                    .setParameter("riderId", photo.riderId().value())
                    .setParameter("epoch", photo.jobEpoch())
                    .setParameter("mediaType", photo.mediaType())
                    .setParameter("width", photo.width())
                    .setParameter("height", photo.height())
                    .setParameter("sealed", sealing.seal(context(photo.proofId()), picture))
                    .setParameter("keyId", sealing.keyId())
                    .setParameter("metres", photo.metresFromDoor())
                    .setParameter("at", photo.at())
                    .setParameter("wallAt", photo.wallAt())
                    .executeUpdate())
        .map(written -> written > 0);
  }

  @Override
  public Uni<Optional<Photo>> find(String proofId) {
    return photos("proof_id = :value", proofId).map(found -> found.stream().findFirst());
  }

  @Override
  public Uni<List<Photo>> of(OrderId order) {
    return photos("order_id = :value order by wall_at desc, proof_id", order.value());
  }

  @Override
  public Uni<Optional<byte[]>> picture(String proofId) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select sealed from proof where proof_id = :proofId and sealed is not null",
                        byte[].class)
                    .setParameter("proofId", proofId)
                    .getResultList())
        .map(
            found ->
                found.stream().findFirst().map(bytes -> sealing.open(context(proofId), bytes)));
  }

  @Override
  public Uni<Void> erase(List<String> orderIds) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "update proof set sealed = null, sealed_with = null"
                            + " where order_id in (:ids) and sealed is not null")
                    .setParameter("ids", orderIds)
                    .executeUpdate())
        .replaceWithVoid();
  }

  @Override
  public String name() {
    return "proof";
  }

  @Override
  public int atOnce() {
    return RESEALED_AT_ONCE;
  }

  @Override
  public Uni<Integer> reseal(String keyId, int most) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select proof_id from proof where sealed_with <> :keyId"
                            + " limit :most for update skip locked",
                        String.class)
                    .setParameter("keyId", keyId)
                    .setParameter("most", most)
                    .getResultList())
        .chain(
            ids ->
                Multi.createFrom()
                    .iterable(ids)
                    .onItem()
                    .transformToUniAndConcatenate(this::reseal)
                    .collect()
                    .asList()
                    .map(List::size));
  }

  private Uni<Void> reseal(String proofId) {
    return picture(proofId)
        .chain(
            picture ->
                tx.session()
                    .chain(
                        session ->
                            session
                                .createNativeQuery(
                                    "update proof set sealed = :sealed, sealed_with = :keyId"
                                        + " where proof_id = :proofId")
                                .setParameter(
                                    "sealed", sealing.seal(context(proofId), picture.orElseThrow()))
                                .setParameter("keyId", sealing.keyId())
                                .setParameter("proofId", proofId)
                                .executeUpdate()))
        .replaceWithVoid();
  }

  private Uni<List<Photo>> photos(String where, String value) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(SELECT + where, Object[].class)
                    .setParameter("value", value)
                    .getResultList())
        .map(rows -> rows.stream().map(PostgresPhotos::photo).toList());
  }

  private static Photo photo(Object[] row) {
    return new Photo(
        (String) row[0],
        new OrderId((String) row[1]),
        new RiderId((String) row[2]),
        ((Number) row[3]).longValue(),
        (String) row[4],
        ((Number) row[5]).intValue(),
        ((Number) row[6]).intValue(),
        row[7] == null ? null : ((Number) row[7]).intValue(),
        Instants.of(row[8]),
        Instants.of(row[9]),
        (Boolean) row[10]);
  }

  private static String context(String proofId) {
    return "proof/" + proofId;
  }
}
