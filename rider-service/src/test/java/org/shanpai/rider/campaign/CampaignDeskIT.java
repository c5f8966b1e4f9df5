package org.shanpai.rider.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.chassis.problem.Problem;

/** What people do to campaigns: stop payments, leave, be one person, publish presets. */
@QuarkusTest
class CampaignDeskIT extends CampaignFixture {

  private static void refused(ThrowingCallable what, String slug) {
    assertThatThrownBy(what)
        .isInstanceOfSatisfying(
            Problem.class, problem -> assertThat(problem.slug()).isEqualTo(slug));
  }

  private static String places(String campaign) {
    return query(
            "select used || '/' || waiting from campaign_places where campaign_id = ?", campaign)
        .get(0);
  }

  private static List<String> told(String rider, String type) {
    return query(
        "select body::json->>'state' from rider_message where rider_id = ? and type = ?"
            + " order by seq",
        rider,
        type);
  }

  private static ValidatableResponse hold(String payment, boolean stop, String reason) {
    return asManager()
        .body(Map.of("stopped", stop, "reason", reason))
        .put("/v1/campaign-payments/" + payment + "/hold")
        .then();
  }

  /** A rider who has done all weeks, so that the money is held; the day it is due. */
  private Instant completed(String campaign, String area, String rider, String inviter)
      throws Exception {
    verified(campaign, rider, inviter);
    for (int week = 0; week < 4; week++) {
      ride(rider, area, firstMonday().plusWeeks(week), 24);
    }
    LocalDate end = firstMonday().plusWeeks(4);
    in(() -> weeks.advance(start(end).plus(Duration.ofHours(25))));
    return start(end.plusDays(7));
  }

  private static String payment(String payee) {
    return query("select settlement_id from campaign_settlement where payee = ?", payee).get(0);
  }

  @Test
  void aPaymentStoppedInItsHoldIsPaidOnlyOnceItIsLetGoAndTheRiderIsTold() throws Exception {
    String area = "a-" + unique();
    String campaign = presetA(area, 10);
    String rider = person();
    String inviter = person();
    Instant due = completed(campaign, area, rider, inviter);
    String payment = payment(rider);
    as("control-room", "stan", Roles.STATION_MANAGER)
        .body(Map.of("stopped", true, "reason", "Two accounts, one face"))
        .put("/v1/campaign-payments/" + payment + "/hold")
        .then()
        .statusCode(403);
    hold(payment, true, "no").statusCode(400).body("field", equalTo("reason"));
    hold("cs-none", true, "Two accounts, one face").statusCode(404);
    hold(payment, true, "Two accounts, one face")
        .statusCode(200)
        .body("stopped", equalTo(true))
        .body("last.actor", equalTo("boss"))
        .body("last.reason", equalTo("Two accounts, one face"));
    hold(payment, true, "Two accounts, one face").statusCode(200);
    asManager()
        .get("/v1/campaign-payments?limit=500")
        .then()
        .body("payments.settlementId", hasItem(payment));
    in(() -> milestones.post(due, 1_000));
    await().atMost(Duration.ofSeconds(20)).until(() -> paid(inviter).equals(List.of("100000")));
    assertThat(query("select posted_at from campaign_settlement where settlement_id = ?", payment))
        .containsExactly((String) null);
    asRider(rider)
        .get("/v1/rider/campaigns/" + campaign + "/enrolment")
        .then()
        .body("state", equalTo("COMPLETED"))
        .body("payments[0].stopped", equalTo(true))
        .body("payments[0].stoppedBecause", equalTo("Two accounts, one face"));
    hold(payment, false, "They are twins; all is well").statusCode(200);
    in(() -> milestones.post(due, 1_000));
    await().atMost(Duration.ofSeconds(20)).until(() -> paid(rider).equals(List.of("300000")));
    asRider(rider)
        .get("/v1/rider/campaigns/" + campaign + "/enrolment")
        .then()
        .body("state", equalTo("SETTLED"))
        .body("payments[0].stopped", equalTo(false))
        .body("payments[0].stoppedBecause", nullValue());
    assertThat(told(rider, "payment")).containsExactly("STOPPED", "RELEASED");
    assertThat(
            query(
                "select kind || ' ' || actor || ' ' || reason from campaign_settlement_event"
                    + " where settlement_id = ? order by event_no",
                payment))
        .containsExactly(
            "STOPPED boss Two accounts, one face", "RELEASED boss They are twins; all is well");
    hold(payment, true, "Too late for that")
        .statusCode(409)
        .body("type", containsString("payment-paid"));
  }

  @Test
  void whatWasEarnedCannotBeChangedNotEvenPastTheService() throws Exception {
    String area = "a-" + unique();
    String campaign = presetA(area, 10);
    String rider = person();
    Instant due = completed(campaign, area, rider, null);
    String payment = payment(rider);
    for (String change :
        List.of(
            "update campaign_settlement set amount_fen = 1 where settlement_id = ?",
            "update campaign_settlement set payee = 'r-x' where settlement_id = ?",
            "update campaign_settlement set due_at = now() where settlement_id = ?",
            "delete from campaign_settlement where settlement_id = ?")) {
      assertThatThrownBy(() -> execute(change, payment)).hasMessageContaining("stays as it was");
    }
    hold(payment, true, "Looking into it").statusCode(200);
    assertThatThrownBy(
            () ->
                execute(
                    "update campaign_settlement set posted_at = now() where settlement_id = ?",
                    payment))
        .hasMessageContaining("campaign_settlement_stopped_is_unpaid");
    assertThatThrownBy(
            () -> execute("delete from campaign_settlement_event where settlement_id = ?", payment))
        .hasMessageContaining("append-only");
    hold(payment, false, "All is well").statusCode(200);
    in(() -> milestones.post(due, 1_000));
    assertThatThrownBy(
            () ->
                execute(
                    "update campaign_settlement set posted_at = null where settlement_id = ?",
                    payment))
        .hasMessageContaining("stays as it was");
  }

  @Test
  void whatIsWrittenDownOfACampaignIsNeverChanged() throws Exception {
    String area = "a-" + unique();
    String campaign = presetA(area, 10);
    String rider = person();
    completed(campaign, area, rider, null);
    String enrolment =
        query("select enrolment_id from campaign_enrolment where rider_id = ?", rider).get(0);
    for (String change :
        List.of(
            "update campaign set sign_up_until = now() where campaign_id = ?",
            "delete from campaign where campaign_id = ?")) {
      assertThatThrownBy(() -> execute(change, campaign)).hasMessageContaining("append-only");
    }
    for (String change :
        List.of(
            "update campaign_week set outcome = 'MISSED' where enrolment_id = ?",
            "delete from campaign_week where enrolment_id = ?",
            "update campaign_event set actor = 'x' where enrolment_id = ?",
            "delete from campaign_event where enrolment_id = ?")) {
      assertThatThrownBy(() -> execute(change, enrolment)).hasMessageContaining("append-only");
    }
    assertThatThrownBy(
            () -> execute("update campaign_places set used = 11 where campaign_id = ?", campaign))
        .hasMessageContaining("check");
  }

  @Test
  void whoLeavesGivesThePlaceToWhoHasWaitedLongestAndTheProofIsErased() throws Exception {
    String campaign = presetA("a-" + unique(), 1);
    String first = person();
    String second = person();
    // Their ids sort against the order in which they came.
    String fourth = person();
    String third = person();
    signUp(campaign, first, null, IN_TIME);
    signUp(campaign, second, null, IN_TIME);
    signUp(campaign, third, null, IN_TIME);
    Enrolment last = signUp(campaign, fourth, null, IN_TIME);
    handIn(campaign, first, 141);
    assertThat(in(() -> enrolments.get(campaign, third)).waitingPosition()).isEqualTo(2);
    // A place is found again for nobody when somebody who waits leaves.
    in(() -> enrolments.withdraw(campaign, second, IN_TIME));
    assertThat(places(campaign)).isEqualTo("1/2");
    assertThat(in(() -> enrolments.get(campaign, third)).waitingPosition()).isEqualTo(1);
    String leaving = "/v1/rider/campaigns/" + campaign + "/withdrawal";
    asRider(person()).put(leaving).then().statusCode(404);
    asRider(first)
        .put(leaving)
        .then()
        .statusCode(200)
        .body("state", equalTo("WITHDRAWN"))
        .body("reason", equalTo("LEFT"));
    asRider(first).put(leaving).then().statusCode(200);
    assertThat(places(campaign)).isEqualTo("1/1");
    assertThat(in(() -> enrolments.get(campaign, third)).enrolment().state())
        .isEqualTo(Enrolment.State.RESERVED);
    assertThat(state(last.enrolmentId())).isEqualTo("APPLIED");
    assertThat(told(third, "campaign")).containsExactly("RESERVED");
    assertThat(
            count(
                "select count(*) from campaign_proof p join campaign_enrolment e"
                    + " using (enrolment_id) where e.rider_id = ?",
                first))
        .isZero();
    assertThat(signUp(campaign, first, null, IN_TIME).state())
        .as("one takes part once")
        .isEqualTo(Enrolment.State.WITHDRAWN);
    refused(
        () ->
            in(
                () ->
                    proofs.handIn(
                        campaign,
                        first,
                        ProofDocument.minimised(
                            "text/csv", "date,orders\n2025-12-15,141".getBytes()),
                        141)),
        "no-proof-awaited");
    in(() -> enrolments.withdraw(campaign, third, IN_TIME));
    in(() -> enrolments.withdraw(campaign, fourth, IN_TIME));
    assertThat(places(campaign)).isEqualTo("0/0");
    assertThat(signUp(campaign, person(), null, IN_TIME).state())
        .isEqualTo(Enrolment.State.RESERVED);
  }

  @Test
  void whoRidesMayLeaveWithTheWeeksAndNobodyLeavesWhatTheyHaveCompleted() throws Exception {
    String area = "a-" + unique();
    String campaign = presetA(area, 10);
    String leaver = person();
    verified(campaign, leaver, null);
    ride(leaver, area, firstMonday(), 24);
    in(() -> weeks.advance(start(firstMonday().plusWeeks(1)).plus(Duration.ofHours(25))));
    asRider(leaver)
        .put("/v1/rider/campaigns/" + campaign + "/withdrawal")
        .then()
        .statusCode(200)
        .body("state", equalTo("WITHDRAWN"))
        .body("weeksMet", equalTo(1));
    assertThat(places(campaign)).isEqualTo("0/0");
    assertThat(told(leaver, "campaign")).containsExactly("VERIFIED", "WEEK_2");
    String rider = person();
    completed(campaign, area, rider, null);
    asRider(rider)
        .put("/v1/rider/campaigns/" + campaign + "/withdrawal")
        .then()
        .statusCode(409)
        .body("type", containsString("campaign-completed"));
    String rejected = person();
    Enrolment enrolment = signUp(campaign, rejected, null, IN_TIME);
    handIn(campaign, rejected, 3);
    in(
        () ->
            proofs.decide(
                enrolment.enrolmentId(), new Proofs.Decision(false, 3, "3 only"), "boss", IN_TIME));
    asRider(rejected)
        .put("/v1/rider/campaigns/" + campaign + "/withdrawal")
        .then()
        .statusCode(409)
        .body("type", containsString("part-ended"));
  }

  @Test
  void twoRidersWithOnePhoneOrOneAccountNeverBothHoldAPlace() throws Exception {
    String campaign = presetA("a-" + unique(), 10);
    String rider = person();
    signUp(campaign, rider, null, IN_TIME);
    String samePhone = person();
    phone(samePhone, "phone of " + rider);
    refused(() -> signUp(campaign, samePhone, null, IN_TIME), "person-signed-up");
    String sameAccount = person();
    for (String account : List.of("account " + rider, "ACCOUNT-" + rider, "acc ount" + rider)) {
      refused(
          () ->
              in(
                  () ->
                      enrolments.signUp(
                          campaign, sameAccount, new Enrolments.SignUp(account, null), IN_TIME)),
          "person-signed-up");
    }
    assertThat(places(campaign)).isEqualTo("1/0");
    phone(samePhone, "a phone of one's own");
    assertThat(signUp(campaign, samePhone, null, IN_TIME).state())
        .isEqualTo(Enrolment.State.RESERVED);
    String other = presetA("a-" + unique(), 10);
    signUp(other, rider, null, IN_TIME);
    assertThat(
            query("select distinct device_hash from campaign_enrolment where rider_id = ?", rider))
        .as("nobody can be followed from one campaign to another")
        .hasSize(2)
        .doesNotContain(org.shanpai.rider.device.Devices.hash("phone of " + rider));
  }

  @Test
  void withoutAPhoneNobodySignsUpAndWithTheInvitersPhoneTheyInviteThemselves() throws Exception {
    String campaign = presetA("a-" + unique(), 10);
    String rider = person();
    execute("delete from rider_device where rider_id = ?", rider);
    refused(() -> signUp(campaign, rider, null, IN_TIME), "no-phone");
    phone(rider, "new phone of " + rider);
    String inviter = person();
    phone(inviter, "new phone of " + rider);
    refused(() -> signUp(campaign, rider, inviter, IN_TIME), "inviter-is-rider");
    phone(inviter, "phone of the inviter of " + rider);
    assertThat(signUp(campaign, rider, inviter, IN_TIME).inviterId()).isEqualTo(inviter);
  }

  @Test
  void aPhoneBoundAnewIsLookedAtAgainWhenTheProofIsAccepted() throws Exception {
    String campaign = presetA("a-" + unique(), 10);
    String rider = person();
    String other = person();
    signUp(campaign, rider, null, IN_TIME);
    Enrolment second = signUp(campaign, other, null, IN_TIME);
    handIn(campaign, other, 141);
    phone(other, "phone of " + rider);
    Proofs.Decision yes = new Proofs.Decision(true, 141, "141 counted");
    refused(
        () -> in(() -> proofs.decide(second.enrolmentId(), yes, "boss", IN_TIME)), "same-phone");
    assertThat(state(second.enrolmentId())).isEqualTo("RESERVED");
    in(() -> enrolments.withdraw(campaign, rider, IN_TIME));
    in(() -> proofs.decide(second.enrolmentId(), yes, "boss", IN_TIME));
    assertThat(state(second.enrolmentId())).isEqualTo("VERIFIED");
  }

  private static ValidatableResponse preset(String name, Map<String, Object> terms) {
    return asManager().body(terms).put("/v1/campaigns/presets/" + name).then();
  }

  private static void refusedTerms(String field, Object value, int status) {
    Map<String, Object> terms = openNow("a-1");
    terms.put(field, value);
    for (String path : List.of("/v1/campaigns/c-", "/v1/campaigns/presets/p-")) {
      asManager()
          .body(terms)
          .put(path + unique())
          .then()
          .statusCode(status)
          .body("field", equalTo(field.equals("proof") ? "proof.until" : field));
    }
  }

  @Test
  void managersSavePresetsAndWhatIsWrongWithThemIsSaid() {
    String name = "p-" + unique();
    Map<String, Object> terms = openNow("a-1");
    preset(name, terms)
        .statusCode(201)
        .body("version", equalTo(1))
        .body("savedBy", equalTo("boss"));
    preset(name, terms).statusCode(200).body("version", equalTo(1));
    terms.put("places", 9);
    preset(name, terms).statusCode(201).body("version", equalTo(2));
    as("control-room", "vi", Roles.VIEWER)
        .get("/v1/campaigns/presets")
        .then()
        .body("presets.preset", hasItem("A"))
        .body("presets.preset", hasItem("B"))
        .body("presets.preset", hasItem("C"))
        .body("presets.findAll { it.preset == '" + name + "' }.terms.places", equalTo(List.of(9)));
    as("control-room", "vi", Roles.VIEWER)
        .body(terms)
        .put("/v1/campaigns/presets/" + name)
        .then()
        .statusCode(403);
    assertThatThrownBy(
            () -> execute("update campaign_preset set version = 7 where preset = ?", name))
        .hasMessageContaining("append-only");
    Instant ends = Instant.now().minus(Duration.ofDays(2));
    refusedTerms("signUpUntil", ends.toString(), 422);
    refusedTerms(
        "proof",
        Map.of("moreThanOrders", 140, "from", "2025-12-15", "until", LocalDate.now().toString()),
        422);
    refusedTerms(
        "proof", Map.of("moreThanOrders", 1, "from", "2025-12-15", "until", "2025-12-14"), 422);
    refusedTerms("places", 0, 400);
    refusedTerms("rewardFen", -1, 400);
    refusedTerms("inviterFen", -1, 400);
    refusedTerms("weeklyRewardFen", -1, 400);
    refusedTerms("holdDays", 6, 400);
    refusedTerms("minOrders", 5, 422);
    refusedTerms("rewardFen", 0, 422);
  }

  @Test
  void aPublishedCampaignNamesThoseThatRunAlongside() {
    String area = "a-" + unique();
    Map<String, Object> terms = new HashMap<>(openNow(area));
    String first = "c-" + unique();
    asManager().body(terms).put("/v1/campaigns/" + first).then().statusCode(201);
    asManager()
        .body(terms)
        .put("/v1/campaigns/c-" + unique())
        .then()
        .statusCode(201)
        .body("alongside", hasItem(first));
    terms.put("areas", List.of("a-" + unique()));
    asManager()
        .body(terms)
        .put("/v1/campaigns/c-" + unique())
        .then()
        .statusCode(201)
        .body("alongside", org.hamcrest.Matchers.not(hasItem(first)));
  }
}
