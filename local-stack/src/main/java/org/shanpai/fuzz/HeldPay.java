package org.shanpai.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.shanpai.stack.CannotRun;
import org.shanpai.stack.Program;

/**
 * Campaign payments in their hold. Four weeks of riding lead to one, and no run lasts so long: this
 * one state is written to the database as its owner would, the only one that no request makes.
 */
final class HeldPay {

  private static final String EARN =
      """
      insert into campaign_settlement (settlement_id, enrolment_id, milestone, payee, amount_fen,
          due_at)
      select 'cs-' || enrolment_id, enrolment_id, 'COMPLETED', rider_id, 300000, ?
      from campaign_enrolment on conflict do nothing
      """;

  private final Databases databases;
  private final Caller caller;
  private final World world;
  private final KnownIds known;
  private final Lore lore;
  private boolean earned;

  HeldPay(Databases databases, Caller caller, World world, KnownIds known, Lore lore) {
    this.databases = databases;
    this.caller = caller;
    this.world = world;
    this.known = known;
    this.lore = lore;
  }

  /** Once somebody takes part in a campaign there is a payment; where it is listed it is known. */
  void round() {
    if (!earned) {
      earned = earn() > 0;
    }
    List<JsonNode> held = new ArrayList<>();
    for (JsonNode payment :
        caller
            .call(Program.RIDER, world.named("fuzz"), "GET", "/v1/campaign-payments", null)
            .json()
            .path("payments")) {
      held.add(payment.path("settlementId"));
    }
    known.only(KnownIds.EVERYBODY, "hold settlementId", held);
  }

  private int earn() {
    try (Connection connection = databases.connect(Program.RIDER);
        PreparedStatement statement = connection.prepareStatement(EARN)) {
      statement.setObject(
          1, OffsetDateTime.ofInstant(lore.now().plus(Duration.ofDays(7)), ZoneOffset.UTC));
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw new CannotRun("A payment in its hold cannot be written.", e);
    }
  }
}
