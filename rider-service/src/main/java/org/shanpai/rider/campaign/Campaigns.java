package org.shanpai.rider.campaign;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import org.shanpai.chassis.identity.Secrets;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.messaging.Instants;
import org.shanpai.messaging.Json;
import org.shanpai.messaging.Tx;

/** Campaigns as published, and the presets to begin with. */
@ApplicationScoped
public class Campaigns {

  private static final String COLUMNS =
      "c.campaign_id, cast(c.document as text), c.salt, c.published_at, c.published_by, p.used,"
          + " p.waiting from campaign c join campaign_places p on p.campaign_id = c.campaign_id";

  private final Tx tx;
  private final CityClock clock;

  public Campaigns(Tx tx, CityClock clock) {
    this.tx = tx;
    this.clock = clock;
  }

  /** Terms to begin with. */
  public record Preset(String preset, CampaignTerms terms) {}

  /**
   * A campaign as it stands.
   *
   * @param salt of the hashes by which a person is known in it
   * @param used places taken
   * @param waiting who wait for a place
   */
  public record Campaign(
      String campaignId,
      CampaignTerms terms,
      String salt,
      Instant publishedAt,
      String publishedBy,
      int used,
      int waiting) {}

  /**
   * @param fresh false when the very same was published before
   */
  public record Outcome(Campaign campaign, boolean fresh) {}

  public Uni<List<Preset>> presets() {
    return tx.read(
            () ->
                tx.session()
                    .chain(
                        session ->
                            session
                                .createNativeQuery(
                                    "select preset, cast(document as text) from campaign_preset"
                                        + " order by preset",
                                    Object[].class)
                                .getResultList()))
        .map(
            rows ->
                rows.stream()
                    .map(
                        row ->
                            new Preset(
                                (String) row[0], Json.read((String) row[1], CampaignTerms.class)))
                    .toList());
  }

  /**
   * Publishes; the same again changes nothing.
   *
   * @throws Problem 422 {@code campaign-refused}; 409 {@code campaign-taken}
   */
  public Uni<Outcome> publish(String campaignId, CampaignTerms terms, String operator) {
    String document = Json.write(terms);
    return tx.write(
        () ->
            find(campaignId)
                .chain(
                    known -> {
                      if (known == null) {
                        terms.check(clock.now());
                        return insert(campaignId, terms, document, operator);
                      }
                      if (!Json.read(Json.write(known.terms()), JsonNode.class)
                          .equals(Json.read(document, JsonNode.class))) {
                        throw taken();
                      }
                      return Uni.createFrom().item(new Outcome(known, false));
                    }));
  }

  private static Problem taken() {
    return Problem.conflict(
        "campaign-taken", "campaignId", "A campaign of that name was published; it never changes.");
  }

  private Uni<Outcome> insert(
      String campaignId, CampaignTerms terms, String document, String operator) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "insert into campaign (campaign_id, document, sign_up_from, sign_up_until,"
                            + " salt, published_at, published_by) values (:id,"
                            + " cast(cast(:document as text) as json), :from, :until, :salt, :at,"
                            + " :by) on conflict (campaign_id) do nothing")
                    .setParameter("id", campaignId)
                    .setParameter("document", document)
                    .setParameter("from", terms.signUpFrom())
                    .setParameter("until", terms.signUpUntil())
                    .setParameter("salt", Secrets.newSecret())
                    .setParameter("at", clock.now())
                    .setParameter("by", operator)
                    .executeUpdate())
        .invoke(
            rows -> {
              if (rows == 0) {
                throw taken();
              }
            })
        .chain(tx::session)
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "insert into campaign_places (campaign_id, quota) values (:id, :quota)")
                    .setParameter("id", campaignId)
                    .setParameter("quota", terms.places())
                    .executeUpdate())
        .chain(() -> find(campaignId))
        .map(campaign -> new Outcome(campaign, true));
  }

  /** The newest sign-up windows first. */
  public Uni<List<Campaign>> list(int limit) {
    return tx.read(
        () ->
            tx.session()
                .chain(
                    session ->
                        session
                            .createNativeQuery(
                                "select " + COLUMNS + " order by c.sign_up_from desc, 1",
                                Object[].class)
                            .setMaxResults(limit)
                            .getResultList())
                .map(rows -> rows.stream().map(Campaigns::read).toList()));
  }

  /**
   * @throws Problem 404 when there is none; needs a transaction or read
   */
  public Uni<Campaign> get(String campaignId) {
    return find(campaignId)
        .onItem()
        .ifNull()
        .failWith(() -> Problem.notFound("campaign " + campaignId));
  }

  private Uni<Campaign> find(String campaignId) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select " + COLUMNS + " where c.campaign_id = :id", Object[].class)
                    .setParameter("id", campaignId)
                    .getSingleResultOrNull())
        .map(row -> row == null ? null : read(row));
  }

  private static Campaign read(Object[] row) {
    return new Campaign(
        (String) row[0],
        Json.read((String) row[1], CampaignTerms.class),
        (String) row[2],
        Instants.of(row[3]),
        (String) row[4],
        ((Number) row[5]).intValue(),
        ((Number) row[6]).intValue());
  }
}
