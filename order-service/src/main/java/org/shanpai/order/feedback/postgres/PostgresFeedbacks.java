package org.shanpai.order.feedback.postgres;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.shanpai.contracts.OrderId;
import org.shanpai.contracts.event.OrderFeedback;
import org.shanpai.messaging.Instants;
import org.shanpai.messaging.Tx;
import org.shanpai.order.feedback.Feedback;
import org.shanpai.order.feedback.FeedbackTag;
import org.shanpai.order.feedback.Feedbacks;

/** {@link Feedbacks} in PostgreSQL. */
@ApplicationScoped
class PostgresFeedbacks implements Feedbacks {

  private static final String PUT =
      """
      insert into order_feedback
          (order_id, kind, revision, stars, tags, words, verified, at, wall_changed_at)
      values (:order, :kind, :revision, cast(:stars as integer), :tags, cast(:words as text),
          :verified, :at, :wall)
      on conflict (order_id, kind) do update set
          revision = excluded.revision, stars = excluded.stars, tags = excluded.tags,
          words = excluded.words, verified = excluded.verified, at = excluded.at,
          wall_changed_at = excluded.wall_changed_at
      """;

  private final Tx tx;

  PostgresFeedbacks(Tx tx) {
    this.tx = tx;
  }

  @Override
  public Uni<List<Feedback>> list(OrderId order) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select kind, revision, stars, tags, words, verified, at"
                            + " from order_feedback where order_id = :order order by kind",
                        Object[].class)
                    .setParameter("order", order.value())
                    .getResultList())
        .map(rows -> rows.stream().map(row -> feedback(order, row)).toList());
  }

  private static Feedback feedback(OrderId order, Object[] row) {
    return new Feedback(
        order,
        OrderFeedback.Kind.valueOf((String) row[0]),
        ((Number) row[1]).longValue(),
        row[2] == null ? null : ((Number) row[2]).intValue(),
        tags((String) row[3]),
        (String) row[4],
        (Boolean) row[5],
        Instants.of(row[6]));
  }

  private static Set<FeedbackTag> tags(String column) {
    return Stream.of(column.split(","))
        .filter(name -> !name.isEmpty())
        .map(FeedbackTag::valueOf)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Override
  public Uni<Void> put(Feedback feedback, Instant wallNow) {
    String tags =
        feedback.tags().stream().map(FeedbackTag::name).sorted().collect(Collectors.joining(","));
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(PUT)
                    .setParameter("order", feedback.orderId().value())
                    .setParameter("kind", feedback.kind().name())
                    .setParameter("revision", feedback.revision())
                    .setParameter("stars", feedback.stars())
                    .setParameter("tags", tags)
                    .setParameter("words", feedback.words())
                    .setParameter("verified", feedback.verified())
                    .setParameter("at", feedback.at())
                    .setParameter("wall", wallNow)
                    .executeUpdate())
        .replaceWithVoid();
  }

  @Override
  public Uni<Integer> wrongCodes(OrderId order) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select tries from feedback_code_try where order_id = :order",
                        Integer.class)
                    .setParameter("order", order.value())
                    .getResultList())
        .map(tries -> tries.isEmpty() ? 0 : tries.get(0));
  }

  @Override
  public Uni<Void> countWrongCode(OrderId order) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "insert into feedback_code_try as known (order_id, tries)"
                            + " values (:order, 1)"
                            + " on conflict (order_id) do update set tries = known.tries + 1")
                    .setParameter("order", order.value())
                    .executeUpdate())
        .replaceWithVoid();
  }

  @Override
  public Uni<Integer> eraseWords(Instant wallBefore) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "update order_feedback set words = null"
                            + " where words is not null and wall_changed_at < :before")
                    .setParameter("before", wallBefore)
                    .executeUpdate());
  }
}
