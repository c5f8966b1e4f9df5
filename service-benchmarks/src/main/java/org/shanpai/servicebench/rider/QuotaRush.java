package org.shanpai.servicebench.rider;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import org.shanpai.bench.report.ReportFile;
import org.shanpai.servicebench.RuleBroken;
import org.shanpai.servicebench.http.LeanClient;
import org.shanpai.stack.CannotRun;

/**
 * Five hundred riders sign up for a campaign of fifty places at once, each on a line of their own.
 * Exactly fifty must get a place, by what they are told and by what is stored; the others wait.
 */
final class QuotaRush {

  static final int RIDERS = 500;
  static final int PLACES = 50;

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final RiderRig rig;

  QuotaRush(RiderRig rig) {
    this.rig = rig;
  }

  /** A round's winners, and the time until the last answer. */
  private record Round(int winners, int waiting, double millis) {}

  void measure(int rounds, ObjectNode report) {
    riders();
    double[] millis = new double[rounds];
    for (int n = 0; n < rounds; n++) {
      String campaign = "c-rush-" + n;
      publish(campaign);
      Round told = rush(campaign);
      Round stored = stored(campaign, told.millis());
      if (told.winners() != PLACES
          || told.waiting() != RIDERS - PLACES
          || stored.winners() != PLACES
          || stored.waiting() != RIDERS - PLACES) {
        throw new RuleBroken(
            "%d of %d were told of a place and %d have one, of %d; the log is %s."
                .formatted(told.winners(), RIDERS, stored.winners(), PLACES, rig.log()));
      }
      millis[n] = told.millis();
    }
    Arrays.sort(millis);
    ObjectNode own = report.putObject("quotaRush");
    own.put("riders", RIDERS);
    own.put("places", PLACES);
    own.put("rounds", rounds);
    own.put("medianMillisToTheLastAnswer", ReportFile.rounded(millis[rounds / 2], 1));
    report.put("quotaWinners", PLACES);
  }

  private static String rider(int number) {
    return "rush-%04d".formatted(number);
  }

  private void riders() {
    change(
        "insert into rider (rider_id, city_id, version, label, name, phone, pool, capacity_units,"
            + " equipment, prior_orders, active, level_mp, secret_hash, created_at)"
            + " select 'rush-' || lpad(cast(g as text), 4, '0'), 'city-1', 1, 'b', 'b',"
            + " cast(13700000000 + g as text), 'CROWDSOURCED', 8, '', 0, true, 70000, 'x', now()"
            + " from generate_series(0, ? - 1) g",
        RIDERS);
    change(
        "insert into rider_device (rider_id, device_hash, bound_at)"
            + " select 'rush-' || lpad(cast(g as text), 4, '0'), 'phone-' || g, now()"
            + " from generate_series(0, ? - 1) g",
        RIDERS);
  }

  /** Preset A, open now, with so many places. */
  private void publish(String campaign) {
    change(
        "with made as (insert into campaign (campaign_id, document, sign_up_from, sign_up_until,"
            + " salt, published_at, published_by) select '"
            + campaign
            + "', cast(jsonb_set(jsonb_set(cast(document as jsonb), '{signUpFrom}',"
            + " '\"2020-01-01T00:00:00Z\"'), '{signUpUntil}', '\"2090-01-01T00:00:00Z\"') as json),"
            + " now(), now() + interval '1 day', 'salt', now(), 'bench' from campaign_preset"
            + " where preset = 'A' returning campaign_id)"
            + " insert into campaign_places (campaign_id, quota) select '"
            + campaign
            + "', ?",
        PLACES);
  }

  private void change(String sql, int value) {
    try (Connection database = rig.database();
        PreparedStatement statement = database.prepareStatement(sql)) {
      statement.setInt(1, value);
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new CannotRun("The campaign cannot be prepared.", e);
    }
  }

  private Round rush(String campaign) {
    byte[][] requests = new byte[RIDERS][];
    for (int n = 0; n < RIDERS; n++) {
      String body = "{\"payoutAccount\": \"account-%04d\"}".formatted(n);
      requests[n] =
          ("PUT /v1/rider/campaigns/%s/enrolment HTTP/1.1\r\nHost: %s\r\n"
                  + "Authorization: Bearer %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s")
              .formatted(campaign, rig.host(), rig.riderToken(rider(n)), body.length(), body)
              .getBytes(StandardCharsets.US_ASCII);
    }
    int[] counts = new int[3];
    boolean[] asked = new boolean[RIDERS];
    long start;
    try (LeanClient client = new LeanClient(rig.address(), RIDERS, PATIENCE)) {
      start = System.nanoTime();
      client.run(
          new LeanClient.Work() {
            @Override
            public boolean next(int connection, ByteBuffer request) {
              if (asked[connection]) {
                return false;
              }
              asked[connection] = true;
              request.put(requests[connection]);
              return true;
            }

            @Override
            public void answered(int connection, int status, ByteBuffer body, long nanos) {
              String text = StandardCharsets.UTF_8.decode(body.duplicate()).toString();
              boolean place = status == 201 && text.contains("\"RESERVED\"");
              boolean waits = status == 201 && text.contains("\"APPLIED\"");
              counts[place ? 0 : waits ? 1 : 2]++;
            }
          });
    }
    double millis = (System.nanoTime() - start) / 1e6;
    if (counts[2] > 0) {
      throw new RuleBroken(
          "%d sign-ups were refused; the log is %s.".formatted(counts[2], rig.log()));
    }
    return new Round(counts[0], counts[1], millis);
  }

  private Round stored(String campaign, double millis) {
    try (Connection database = rig.database();
        PreparedStatement statement =
            database.prepareStatement(
                "select count(*) filter (where state = 'RESERVED'),"
                    + " count(*) filter (where state = 'APPLIED')"
                    + " from campaign_enrolment where campaign_id = ?")) {
      statement.setString(1, campaign);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return new Round(rows.getInt(1), rows.getInt(2), millis);
      }
    } catch (SQLException e) {
      throw new CannotRun("The campaign cannot be counted.", e);
    }
  }
}
