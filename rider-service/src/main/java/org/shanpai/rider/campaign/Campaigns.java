package org.shanpai.rider.campaign;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import org.shanpai.chassis.City;
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

  private static final String PRESET_COLUMNS =
      " preset, version, cast(document as text), saved_at, saved_by from campaign_preset ";

  /** Looked through for campaigns that run alongside. */
  private static final int MOST_ALONGSIDE = 200;

  private final Tx tx;
  private final CityClock clock;
  private final City city;

  public Campaigns(Tx tx, CityClock clock, City city) {
    this.tx = tx;
    this.clock = clock;
    this.city = city;
  }

  /**
   * Terms to begin with.
   *
   * @param version 1 for the first ones of that name
   * @param savedBy a manager; null, as the time, for what came with the platform
   */
  public record Preset(
      String preset, int version, CampaignTerms terms, Instant savedAt, String savedBy) {}

  /**
   * @param fresh false when the newest of that name is the very same
   */
  public record Saved(Preset preset, boolean fresh) {}

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
   * @param alongside other campaigns the same riders could sign up for at the same time
   */
  public record Outcome(Campaign campaign, boolean fresh, List<String> alongside) {}

  /** The newest of each name. */
  public Uni<List<Preset>> presets() {
    return tx.read(
            () ->
                tx.session()
                    .chain(
                        session ->
                            session
                                .createNativeQuery(
                                    "select distinct on (preset)"
                                        + PRESET_COLUMNS
                                        + "order by preset, version desc",
                                    Object[].class)
                                .getResultList()))
        .map(rows -> rows.stream().map(Campaigns::readPreset).toList());
  }

  /**
   * Saves terms to begin with; the next version when there are some of that name. What was
   * published from an older one stays as it is. The same again changes nothing.
   *
   * @throws Problem 422 {@code campaign-refused}; 409 {@code preset-changed} when somebody else
   *     saved it at the same moment
   */
  public Uni<Saved> savePreset(String preset, CampaignTerms terms, String operator) {
    terms.check(city.zone());
    String document = Json.write(terms);
    return tx.write(
        () ->
            newestPreset(preset)
                .chain(
                    known ->
                        known != null && same(known.terms(), document)
                            ? Uni.createFrom().item(new Saved(known, false))
                            : insertPreset(
                                    preset,
                                    known == null ? 1 : known.version() + 1,
                                    document,
                                    operator)
                                .chain(() -> newestPreset(preset))
                                .map(saved -> new Saved(saved, true))));
  }

  private Uni<Void> insertPreset(String preset, int version, String document, String operator) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "insert into campaign_preset (preset, version, document, saved_at,"
                            + " saved_by) values (:preset, :version,"
                            + " cast(cast(:document as text) as json), :at, :by)"
                            + " on conflict (preset, version) do nothing")
                    .setParameter("preset", preset)
                    .setParameter("version", version)
                    .setParameter("document", document)
                    .setParameter("at", clock.now())
                    .setParameter("by", operator)
                    .executeUpdate())
        .invoke(
            rows -> {
              if (rows == 0) {
                throw Problem.conflict(
                    "preset-changed", "preset", "Somebody saved this preset just now; look again.");
              }
            })
        .replaceWithVoid();
  }

  private Uni<Preset> newestPreset(String preset) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select"
                            + PRESET_COLUMNS
                            + "where preset = :preset order by version desc limit 1",
                        Object[].class)
                    .setParameter("preset", preset)
                    .getSingleResultOrNull())
        .map(row -> row == null ? null : readPreset(row));
  }

  private static Preset readPreset(Object[] row) {
    return new Preset(
        (String) row[0],
        ((Number) row[1]).intValue(),
        Json.read((String) row[2], CampaignTerms.class),
        Instants.of(row[3]),
        (String) row[4]);
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
                        terms.check(city.zone());
                        terms.checkAhead(clock.now());
                        return insert(campaignId, terms, document, operator);
                      }
                      if (!same(known.terms(), document)) {
                        throw taken();
                      }
                      return outcome(known, false);
                    }));
  }

  private static boolean same(CampaignTerms known, String document) {
    return Json.read(Json.write(known), JsonNode.class).equals(Json.read(document, JsonNode.class));
  }

  private Uni<Outcome> outcome(Campaign campaign, boolean fresh) {
    return newest(MOST_ALONGSIDE)
        .map(
            all ->
                new Outcome(
                    campaign,
                    fresh,
                    all.stream()
                        .filter(other -> !other.campaignId().equals(campaign.campaignId()))
                        .filter(other -> other.terms().meets(campaign.terms()))
                        .map(Campaign::campaignId)
                        .toList()));
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
        .chain(campaign -> outcome(campaign, true));
  }

  /** The newest sign-up windows first. */
  public Uni<List<Campaign>> list(int limit) {
    return tx.read(() -> newest(limit));
  }

  private Uni<List<Campaign>> newest(int limit) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select " + COLUMNS + " order by c.sign_up_from desc, 1", Object[].class)
                    .setMaxResults(limit)
                    .getResultList())
        .map(rows -> rows.stream().map(Campaigns::read).toList());
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
