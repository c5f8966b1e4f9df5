package org.shanpai.rider.campaign;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.shanpai.messaging.Json;
import org.shanpai.messaging.Tx;
import org.shanpai.rider.RiderServiceTestBase;
import org.shanpai.rider.device.Devices;

/** Riders, their phones and campaigns as the tests of campaigns need them. */
abstract class CampaignFixture extends RiderServiceTestBase {

  static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final AtomicInteger PHONES = new AtomicInteger(10_000_000);
  static final Instant IN_TIME = time("2025-12-28T23:59:59.999+08:00");
  static final Instant TOO_LATE = time("2025-12-29T00:00:00+08:00");

  @Inject Tx tx;
  @Inject Campaigns campaigns;
  @Inject Enrolments enrolments;
  @Inject Proofs proofs;
  @Inject EnrolmentRows rows;
  @Inject RidingWeeks weeks;
  @Inject Milestones milestones;

  static Instant time(String text) {
    return OffsetDateTime.parse(text).toInstant();
  }

  <T> T in(Supplier<Uni<T>> work) {
    return tx.await(work);
  }

  /** A rider with a telephone of their own. */
  static String person() {
    String rider = "r-" + unique();
    Map<String, Object> profile = new HashMap<>(profile());
    profile.put("phone", "139" + PHONES.incrementAndGet());
    asManager().body(profile).put("/v1/riders/" + rider).then().statusCode(201);
    phone(rider, "phone of " + rider);
    return rider;
  }

  /** Binds the account to that phone, as signing in with it does. */
  static void phone(String rider, String key) {
    try {
      execute("delete from rider_device where rider_id = ?", rider);
      execute(
          "insert into rider_device (rider_id, device_hash, bound_at) values (?, ?, now())",
          rider,
          Devices.hash(key));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Preset A for one area and so many places, as if published before it opened. */
  String presetA(String area, int places) throws Exception {
    CampaignTerms preset =
        in(() -> campaigns.presets()).stream()
            .filter(p -> p.preset().equals("A"))
            .findFirst()
            .orElseThrow()
            .terms();
    Map<String, Object> terms =
        Json.mapper()
            .convertValue(preset, new com.fasterxml.jackson.core.type.TypeReference<>() {});
    terms.put("areas", List.of(area));
    terms.put("places", places);
    String campaign = "c-" + unique();
    execute(
        "insert into campaign (campaign_id, document, sign_up_from, sign_up_until, salt,"
            + " published_at, published_by) values (?, cast(? as json), ?, ?, ?, now(), 'boss')",
        campaign,
        Json.mapper().writeValueAsString(terms),
        java.sql.Timestamp.from(preset.signUpFrom()),
        java.sql.Timestamp.from(preset.signUpUntil()),
        unique());
    execute("insert into campaign_places (campaign_id, quota) values (?, ?)", campaign, places);
    return campaign;
  }

  Enrolment signUp(String campaign, String rider, String inviter, Instant at) {
    return in(() ->
            enrolments.signUp(
                campaign, rider, new Enrolments.SignUp("account " + rider, inviter), at))
        .enrolment();
  }

  Enrolment verified(String campaign, String rider, String inviter) {
    Enrolment reserved = signUp(campaign, rider, inviter, IN_TIME);
    handIn(campaign, rider, 141);
    return in(
        () ->
            proofs.decide(
                reserved.enrolmentId(),
                new Proofs.Decision(true, 141, "141 counted"),
                "boss",
                IN_TIME));
  }

  void handIn(String campaign, String rider, int claimed) {
    in(
        () ->
            proofs.handIn(
                campaign,
                rider,
                ProofDocument.minimised(
                    "text/csv", ("date,orders\n2025-12-15," + claimed).getBytes()),
                claimed));
  }

  /** So many orders on each of six days of the week. */
  static void ride(String rider, String area, LocalDate monday, int aDay) throws Exception {
    execute(
        "insert into carried_order (job_id, rider_id, area_id, business_date, accepted_at,"
            + " delivered_at, rewards_at) select ? || d || '-' || n, ?, ?, cast(? as date) + d,"
            + " cast(? as date) + d, cast(? as date) + d, null"
            + " from generate_series(0, 5) d, generate_series(1, ?) n",
        "j-" + unique() + "-",
        rider,
        area,
        monday.toString(),
        monday.toString(),
        monday.toString(),
        aDay);
  }

  static LocalDate firstMonday() {
    return IN_TIME.atZone(ZONE).toLocalDate().with(TemporalAdjusters.next(DayOfWeek.MONDAY));
  }

  static Instant start(LocalDate date) {
    return date.atStartOfDay(ZONE).toInstant();
  }

  static String state(String enrolment) {
    return query("select state from campaign_enrolment where enrolment_id = ?", enrolment).get(0);
  }

  List<Enrolment> atOnce(String campaign, List<String> riders) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(Math.min(64, riders.size()));
    try {
      List<Future<Enrolment>> asked = new ArrayList<>();
      for (String rider : riders) {
        asked.add(pool.submit(() -> signUp(campaign, rider, null, IN_TIME)));
      }
      List<Enrolment> found = new ArrayList<>();
      for (Future<Enrolment> one : asked) {
        found.add(one.get());
      }
      return found;
    } finally {
      pool.shutdown();
    }
  }

  static List<String> paid(String rider) {
    return query(
        "select amount_fen from earnings_line where rider_id = ? and kind = 'CAMPAIGN'", rider);
  }

  static Map<String, Object> openNow(String area) {
    Map<String, Object> terms = new HashMap<>();
    terms.put("titleZh", "冬季奖");
    terms.put("titleEn", "Winter");
    terms.put("areas", List.of(area));
    terms.put("pools", List.of("CROWDSOURCED"));
    terms.put("signUpFrom", Instant.now().minus(Duration.ofDays(1)).toString());
    terms.put("signUpUntil", Instant.now().plus(Duration.ofDays(1)).toString());
    terms.put("places", 5);
    terms.put("proof", Map.of("moreThanOrders", 140, "from", "2025-12-15", "until", "2025-12-21"));
    terms.put("proofWithinDays", 7);
    terms.put("newcomersOnly", true);
    terms.put("weeks", 4);
    terms.put("minDays", 6);
    terms.put("minOrders", 140);
    terms.put("minOrdersADay", 1);
    terms.put("weeklyRewardFen", 0);
    terms.put("rewardFen", 300_000);
    terms.put("inviterFen", 100_000);
    terms.put("holdDays", 7);
    return terms;
  }
}
